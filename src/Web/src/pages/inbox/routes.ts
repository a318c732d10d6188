import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { given, oneOf } from '../../list/search';
import { signedIn } from '../../routes';
import { kinds, type Kind } from './items';

const inbox = createRoute({
  getParentRoute: () => signedIn,
  path: '/inbox',
  validateSearch: (search): { kind?: Kind } => given({ kind: oneOf(search.kind, kinds) }),
  component: lazyRouteComponent(() => import('./InboxPage'), 'InboxPage'),
});

export const inboxRoutes = [inbox] as const;
