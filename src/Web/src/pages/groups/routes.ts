import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { given, text } from '../../list/search';
import { signedIn } from '../../routes';

const groups = createRoute({
  getParentRoute: () => signedIn,
  path: '/groups',
  validateSearch: (search): { q?: string; thread?: string } => given({ q: text(search.q), thread: text(search.thread) }),
  component: lazyRouteComponent(() => import('./GroupsPage'), 'GroupsPage'),
});

const group = createRoute({
  getParentRoute: () => groups,
  path: '/$id',
});

export const groupRoutes = [groups.addChildren([group])] as const;
