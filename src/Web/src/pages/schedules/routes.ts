import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { given, oneOf, text } from '../../list/search';
import { signedIn } from '../../routes';

export const scheduleTabs = ['firings', 'times', 'edit'] as const;
export const scheduleStates = ['on', 'paused'] as const;

export interface ScheduleSearch {
  q?: string;
  state?: (typeof scheduleStates)[number];
}

const list = createRoute({
  getParentRoute: () => signedIn,
  path: '/schedules',
  validateSearch: (search): ScheduleSearch => given({ q: text(search.q), state: oneOf(search.state, scheduleStates) }),
  component: lazyRouteComponent(() => import('./SchedulesPage'), 'SchedulesPage'),
});

const made = createRoute({
  getParentRoute: () => signedIn,
  path: '/schedules/new',
  component: lazyRouteComponent(() => import('./NewSchedulePage'), 'NewSchedulePage'),
});

const detail = createRoute({
  getParentRoute: () => signedIn,
  path: '/schedules/$id',
  validateSearch: (search): { tab?: (typeof scheduleTabs)[number] } => given({ tab: oneOf(search.tab, scheduleTabs) }),
  component: lazyRouteComponent(() => import('./SchedulePage'), 'SchedulePage'),
});

export const scheduleRoutes = [list, made, detail] as const;
