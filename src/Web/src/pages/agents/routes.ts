import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { given, oneOf } from '../../list/search';
import { signedIn } from '../../routes';
import { readAgentSearch } from './search';

export const agentTabs = ['now', 'queue', 'sessions', 'usage', 'config'] as const;

const list = createRoute({
  getParentRoute: () => signedIn,
  path: '/agents',
  validateSearch: readAgentSearch,
  component: lazyRouteComponent(() => import('./list/AgentsPage'), 'AgentsPage'),
});

const detail = createRoute({
  getParentRoute: () => signedIn,
  path: '/agents/$id',
  validateSearch: (search): { tab?: (typeof agentTabs)[number] } => given({ tab: oneOf(search.tab, agentTabs) }),
  component: lazyRouteComponent(() => import('./detail/AgentPage'), 'AgentPage'),
});

export const agentRoutes = [list, detail] as const;
