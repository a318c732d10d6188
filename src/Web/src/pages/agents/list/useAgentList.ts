import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { useLiveHead } from '../../../list/useLiveHead';
import { flatten, pageSize } from '../../../list/pages';
import { framesOf } from '../../../live/frames';
import { useFrames } from '../../../live/LiveProvider';
import { agentsQuery, askAgents, type AgentView } from '../queries';
import { fits, type AgentSearch } from '../search';

export const idOf = ({ id }: AgentView) => id;

/** The agents that fit, as they are now. */
export function useAgentList(search: AgentSearch) {
  const box = useRef<HTMLDivElement>(null);
  const query = agentsQuery(search);
  const agents = useInfiniteQuery(query);
  const rows = useMemo(() => (agents.data === undefined ? undefined : flatten(agents.data.pages, idOf)), [agents.data]);
  const known = useMemo(() => new Set(rows?.map(idOf)), [rows]);
  const { mayBeNew, onNews } = useLiveHead({ queryKey: query.queryKey, ask: () => askAgents(search, { page_size: pageSize }), idOf, rows, box });

  useFrames(({ frames }) => {
    const told = [
      ...framesOf(frames, 'agent/status').map(({ agent_id, status }) => ({ id: agent_id, status })),
      ...framesOf(frames, 'agent/list').flatMap((listed) => listed.agents),
    ];
    if (told.some(({ id, status }) => (fits(status, search.status) !== known.has(id)))) {
      mayBeNew();
    }
  });

  return { agents, rows, total: agents.data?.pages[0], onNews, box };
}
