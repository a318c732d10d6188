import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../../api';
import { keys } from '../../../live/keys';
import { useFrames } from '../../../live/LiveProvider';
import { appended, eventOf, mostEvents, type TaskEvent } from './events';

const pageSize = 1_000;

const eventsQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.tasks, 'events', id],
    queryFn: async ({ client, queryKey, signal }) => {
      let all = client.getQueryData<TaskEvent[]>(queryKey) ?? [];
      for (;;) {
        const last = all.at(-1)?.number ?? 0;
        const page = await unwrap(api.GET('/api/v1/tasks/{id}/events', { params: { path: { id }, query: { after: last, limit: pageSize } }, signal }));
        if (last === 0 && page.total > mostEvents) {
          const tail = await unwrap(api.GET('/api/v1/tasks/{id}/events', { params: { path: { id }, query: { after: page.total - mostEvents, limit: pageSize } }, signal }));
          all = tail.items;
          continue;
        }
        all = appended(all, page.items) ?? page.items;
        if (page.next === null || page.items.length === 0) {
          return all;
        }
      }
    },
    staleTime: Infinity,
  });

/** All that happened to a task, and what happens. A gap is filled by asking for what comes after the last one known. */
export function useTaskEvents(id: string) {
  const queries = useQueryClient();
  const query = eventsQuery(id);
  const events = useQuery(query);

  useFrames(({ frames }) => {
    const came = frames.map((frame) => eventOf(frame, id)).filter((event) => event !== null);
    const known = queries.getQueryData<TaskEvent[]>(query.queryKey);
    if (came.length === 0 || known === undefined) {
      return;
    }
    const all = appended(known, came);
    if (all === null || events.isFetching) {
      void queries.invalidateQueries({ queryKey: query.queryKey });
    } else {
      queries.setQueryData<TaskEvent[]>(query.queryKey, all);
    }
  });

  return events;
}
