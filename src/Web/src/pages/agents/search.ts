import { given, oneOf, text } from '../../list/search';

export const agentStates = ['busy', 'idle', 'online', 'offline'] as const;

/** The states, and before them all of them but offline. */
export const agentFilters = ['here', ...agentStates] as const;

/** What the list's address holds. */
export interface AgentSearch {
  view?: 'board';
  status?: (typeof agentFilters)[number];
  post?: string;
  device?: string;
  label?: string;
  q?: string;
}

export function readAgentSearch(search: Record<string, unknown>): AgentSearch {
  return given({
    view: oneOf(search.view, ['board']),
    status: oneOf(search.status, agentFilters),
    post: text(search.post),
    device: text(search.device),
    label: text(search.label),
    q: text(search.q),
  });
}

/** The address in the API's words. */
export function asQuery({ status, post, device, label, q }: AgentSearch) {
  return given({ status: status === 'here' ? undefined : status, online: status === 'here' ? true : undefined, post_id: post, device_id: device, q, label: label === undefined ? undefined : [label] });
}

/** Whether an agent in this state stands in a list that is filtered so. */
export function fits(state: string, wanted: AgentSearch['status']): boolean {
  return wanted === undefined || (wanted === 'here' ? state !== 'offline' : state === wanted);
}
