import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedIn } from '../../routes';
import { readReportSearch } from './search';

const page = createRoute({
  getParentRoute: () => signedIn,
  path: '/reports',
  validateSearch: readReportSearch,
  component: lazyRouteComponent(() => import('./ReportsPage'), 'ReportsPage'),
});

export const reportRoutes = [page] as const;
