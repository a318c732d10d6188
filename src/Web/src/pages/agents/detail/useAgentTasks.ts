import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { flatten } from '../../../list/pages';
import { framesOf } from '../../../live/frames';
import { useFrames } from '../../../live/LiveProvider';
import { throttled } from '../../../live/throttle';
import { agentTasksQuery } from '../queries';

/** An agent's tasks in some states, as they are now. */
export function useAgentTasks(id: string, states: readonly string[]) {
  const queries = useQueryClient();
  const query = agentTasksQuery(id, [...states]);
  const tasks = useInfiniteQuery(query);
  const rows = useMemo(
    () => (tasks.data === undefined ? undefined : flatten(tasks.data.pages, ({ task_id }) => task_id).filter(({ status }) => states.includes(status))),
    [tasks.data, states],
  );
  const key = JSON.stringify(query.queryKey);
  const again = useMemo(() => throttled(() => void queries.invalidateQueries({ queryKey: JSON.parse(key) as unknown[] }), 1_000), [queries, key]);
  useEffect(() => again.cancel, [again]);

  useFrames(({ frames }) => {
    const known = new Set(rows?.map(({ task_id }) => task_id));
    if (framesOf(frames, 'task/state').some(({ task_id, agent_id, status }) => (agent_id === id || known.has(task_id)) && states.includes(status) !== known.has(task_id))) {
      again.call();
    }
  });
  return { tasks, rows };
}
