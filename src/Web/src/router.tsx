import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { BrokenPage } from './pages/BrokenPage';
import { agentRoutes } from './pages/agents/routes';
import { deviceRoutes } from './pages/devices/routes';
import { groupRoutes } from './pages/groups/routes';
import { inboxRoutes } from './pages/inbox/routes';
import { peopleRoutes } from './pages/people/routes';
import { postRoutes } from './pages/posts/routes';
import { reportRoutes } from './pages/reports/routes';
import { scheduleRoutes } from './pages/schedules/routes';
import { settingsRoutes } from './pages/settings/routes';
import { taskRoutes } from './pages/tasks/routes';
import { root, signedIn, type Context } from './routes';
import { strangersOnly } from './session/guards';
import { safeNext } from './session/next';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { next?: string | undefined } => ({ next: safeNext(search.next) }),
  beforeLoad: ({ context, search }) => strangersOnly(context.queries, search.next),
  component: lazyRouteComponent(() => import('./pages/sign-in/SignInPage'), 'SignInPage'),
});

const overview = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/overview/OverviewPage'), 'OverviewPage'),
});

export function createAppRouter(context: Context) {
  return createRouter({
    routeTree: root.addChildren([signIn, signedIn.addChildren([overview, ...inboxRoutes, ...taskRoutes, ...agentRoutes, ...groupRoutes, ...deviceRoutes, ...postRoutes, ...scheduleRoutes, ...reportRoutes, ...peopleRoutes, ...settingsRoutes])]),
    context,
    defaultPreload: 'intent',
    defaultErrorComponent: BrokenPage,
    defaultNotFoundComponent: lazyRouteComponent(() => import('./pages/not-found/NotFoundPage'), 'NotFoundPage'),
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
