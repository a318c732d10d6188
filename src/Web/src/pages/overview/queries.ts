import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap, type components } from '../../api';
import { keys } from '../../live/keys';
import { reportQuery } from '../../reports/queries';
import { dayAgo } from '../../reports/days';
import { firstHour } from './hours';

/** What the socket does not tell of (a device without agents, what others answer) is seen within this time. */
const calm = 30_000;

/** How many there are; the exact number ends somewhere, and then there are more. */
export interface Count {
  total: number;
  capped: boolean;
}

const countOf = ({ total, total_capped }: { total: number; total_capped?: boolean | null }): Count => ({ total, capped: total_capped === true });

export const deviceCount = (status?: 'online' | 'offline') =>
  queryOptions({
    queryKey: [...keys.devices, 'count', status ?? 'all'],
    queryFn: async ({ signal }) => countOf(await unwrap(api.GET('/api/v1/devices', { params: { query: { ...(status && { status }), page_size: 1 } }, signal }))),
    refetchInterval: calm,
  });

const agentFilters = { all: {}, online: { online: true }, busy: { status: 'busy' } } as const;

export const agentCountKey = [...keys.agents, 'count'];

export const agentCount = (which: keyof typeof agentFilters) =>
  queryOptions({
    queryKey: [...agentCountKey, which],
    queryFn: async ({ signal }) => countOf(await unwrap(api.GET('/api/v1/agents', { params: { query: { ...agentFilters[which], page_size: 1 } }, signal }))),
    refetchInterval: calm,
  });

type TaskRow = components['schemas']['TaskRow'];

async function tasks(status: string[], page: number, signal: AbortSignal): Promise<Count & { row: TaskRow | undefined }> {
  const found = await unwrap(api.GET('/api/v1/tasks', { params: { query: { status, page, page_size: 1 } }, signal }));
  return { ...countOf(found), row: found.items[0] };
}

export const taskCountKey = [...keys.tasks, 'count'];

export const atWork = ['assigned', 'running', 'waiting'] as const;

export const atWorkCount = queryOptions({
  queryKey: [...taskCountKey, 'at work'],
  queryFn: async ({ signal }) => countOf(await tasks([...atWork], 1, signal)),
  refetchInterval: calm,
});

/** What waits for an agent, and since when the oldest that can be seen does: lists are newest first, so it is the last one. */
export const queueQuery = queryOptions({
  queryKey: [...taskCountKey, 'queued'],
  queryFn: async ({ signal }) => {
    const { row, ...count } = await tasks(['queued'], 1, signal);
    const oldest = count.total > 1 ? (await tasks(['queued'], count.total, signal)).row : row;
    return { ...count, oldest: oldest?.created_at };
  },
  refetchInterval: calm,
});

/** What ended in each of the last hours. The question is another one with each hour, and the old answer stays until then. */
export const dayQuery = (now: number) => ({
  ...reportQuery({ group_by: 'hour', from: new Date(firstHour(now)).toISOString() }),
  refetchInterval: calm,
  placeholderData: keepPreviousData,
});

export const todayQuery = (now: number) => ({
  ...reportQuery({ group_by: 'day', from: dayAgo(0, now).toISOString() }),
  refetchInterval: calm,
  placeholderData: keepPreviousData,
});
