import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedIn } from '../../routes';

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings',
  component: lazyRouteComponent(() => import('./SettingsPage'), 'SettingsPage'),
});

export const settingsRoutes = [settings] as const;
