import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { given, oneOf } from '../../list/search';
import { signedIn } from '../../routes';
import { personTabs, readPeopleSearch, type PersonTab } from './search';

const list = createRoute({
  getParentRoute: () => signedIn,
  path: '/people',
  validateSearch: readPeopleSearch,
  component: lazyRouteComponent(() => import('./PeoplePage'), 'PeoplePage'),
});

const detail = createRoute({
  getParentRoute: () => signedIn,
  path: '/people/$id',
  validateSearch: (search): { tab?: PersonTab } => given({ tab: oneOf(search.tab, personTabs) }),
  component: lazyRouteComponent(() => import('./person/PersonPage'), 'PersonPage'),
});

export const peopleRoutes = [list, detail] as const;
