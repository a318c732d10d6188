import { given, oneOf, text } from '../../list/search';

export const agentStates = ['busy', 'idle', 'online', 'offline'] as const;

/** What the list's address holds. */
export interface AgentSearch {
  view?: 'board';
  status?: (typeof agentStates)[number];
  post?: string;
  device?: string;
  label?: string;
  q?: string;
}

export function readAgentSearch(search: Record<string, unknown>): AgentSearch {
  return given({
    view: oneOf(search.view, ['board']),
    status: oneOf(search.status, agentStates),
    post: text(search.post),
    device: text(search.device),
    label: text(search.label),
    q: text(search.q),
  });
}

/** The address in the API's words. */
export function asQuery({ status, post, device, label, q }: AgentSearch) {
  return given({ status, post_id: post, device_id: device, q, label: label === undefined ? undefined : [label] });
}
