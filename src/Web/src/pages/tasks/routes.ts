import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { given, oneOf, text } from '../../list/search';
import { signedIn } from '../../routes';
import { readTaskSearch } from './search';

export const taskTabs = ['output', 'attempts', 'tree', 'input', 'files', 'why'] as const;

const list = createRoute({
  getParentRoute: () => signedIn,
  path: '/tasks',
  validateSearch: readTaskSearch,
  component: lazyRouteComponent(() => import('./list/TasksPage'), 'TasksPage'),
});

const detail = createRoute({
  getParentRoute: () => signedIn,
  path: '/tasks/$id',
  validateSearch: (search): { tab?: (typeof taskTabs)[number] } => given({ tab: oneOf(search.tab, taskTabs) }),
  component: lazyRouteComponent(() => import('./detail/TaskPage'), 'TaskPage'),
});

const submit = createRoute({
  getParentRoute: () => signedIn,
  path: '/tasks/new',
  validateSearch: (search): { like?: string; post?: string; agent?: string } => given({ like: text(search.like), post: text(search.post), agent: text(search.agent) }),
  component: lazyRouteComponent(() => import('./submit/SubmitPage'), 'SubmitPage'),
});

export const taskRoutes = [list, submit, detail] as const;
