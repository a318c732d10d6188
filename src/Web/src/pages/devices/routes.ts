import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedIn } from '../../routes';
import { readDetailSearch, readDeviceSearch } from './search';

const list = createRoute({
  getParentRoute: () => signedIn,
  path: '/devices',
  validateSearch: readDeviceSearch,
  component: lazyRouteComponent(() => import('./DevicesPage'), 'DevicesPage'),
});

const detail = createRoute({
  getParentRoute: () => signedIn,
  path: '/devices/$id',
  validateSearch: readDetailSearch,
  component: lazyRouteComponent(() => import('./detail/DevicePage'), 'DevicePage'),
});

export const deviceRoutes = [list, detail] as const;
