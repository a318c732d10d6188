import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInOnly } from './session/guards';

export interface Context {
  queries: QueryClient;
}

export const root = createRootRouteWithContext<Context>()();

/** Beneath it are all pages of somebody who is signed in. */
export const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: ({ context, location }) => signedInOnly(context.queries, location),
  component: lazyRouteComponent(() => import('./shell/Shell'), 'Shell'),
});
