import { infiniteQueryOptions, queryOptions, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { api, unwrap, type components } from '../../api';
import { pagesQuery } from '../../list/pages';
import { given } from '../../list/search';
import { keys } from '../../live/keys';
import type { GroupEntry } from './log';

export type Group = components['schemas']['RealtimeGroupView'];
export type Member = components['schemas']['GroupMemberView'];

const perPage = 100;

export const groupsQuery = (q: string | undefined) =>
  pagesQuery<Group>([...keys.groups, 'list', q ?? ''], ({ page, page_size }, signal) =>
    unwrap(api.GET('/api/v1/groups', { params: { query: given({ q, page, page_size, archived: false }) }, signal })));

export const groupQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.groups, 'one', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/groups/{id}', { params: { path: { id } }, signal })),
    retry: false,
  });

export const membersQuery = (id: string) =>
  pagesQuery<Member>([...keys.groups, 'members', id], ({ page, page_size }, signal) =>
    unwrap(api.GET('/api/v1/groups/{id}/members', { params: { path: { id }, query: given({ page, page_size }) }, signal })));

export const memberId = ({ kind, id }: Member) => `${kind}:${id}`;

/** From the end backwards: the first page holds the newest. */
export const logQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...keys.groups, 'log', id],
    queryFn: ({ pageParam, signal }) =>
      unwrap(api.GET('/api/v1/groups/{id}/messages', { params: { path: { id }, query: given({ before: pageParam, limit: perPage }) }, signal })),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ items }) => {
      const first = items[0]?.seq ?? 1;
      return first > 1 ? first : undefined;
    },
    staleTime: 30_000,
  });

export const threadQuery = (id: string, thread: string) =>
  queryOptions({
    queryKey: [...keys.groups, 'thread', id, thread],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/groups/{id}/messages', { params: { path: { id }, query: { thread, limit: 200 } }, signal })),
  });

type Log = components['schemas']['GroupEntryList'];

/** What came to a log is put at its end. Where something is missing in between it is asked for. */
export function addToLog(queries: QueryClient, id: string, came: readonly GroupEntry[]): void {
  const { queryKey } = logQuery(id);
  const known = queries.getQueryData<InfiniteData<Log, number | undefined>>(queryKey);
  const [newest, ...older] = known?.pages ?? [];
  if (known === undefined || newest === undefined) {
    return;
  }
  const last = newest.items.at(-1)?.seq ?? 0;
  const fresh = came.filter(({ seq }) => seq > last).sort((a, b) => a.seq - b.seq);
  if (fresh.some(({ seq }, at) => seq !== last + 1 + at)) {
    void queries.invalidateQueries({ queryKey });
  } else if (fresh.length > 0) {
    queries.setQueryData<InfiniteData<Log, number | undefined>>(queryKey, { ...known, pages: [{ ...newest, items: [...newest.items, ...fresh] }, ...older] });
  }
}
