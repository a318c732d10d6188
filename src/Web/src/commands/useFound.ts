import { useQueries } from '@tanstack/react-query';
import { api, unwrap } from '../api';
import { stateOf } from '../pages/schedules/state';
import { useMe } from '../session/session';
import { mayGo } from '../shell/pages';

export interface Found {
  kind: 'tasks' | 'devices' | 'agents' | 'posts' | 'groups' | 'schedules' | 'people';
  id: string;
  label: string;
  hint: string;
  href: string;
}

const most = 5;
const shortest = 2;

/** Looks everywhere at once. Kinds that have no page yet are not looked for. */
export function useFound(q: string) {
  const searchable = q.length >= shortest;
  const isAdmin = useMe()?.roles.includes('admin') === true;
  const answers = useQueries({
    queries: Object.entries(sources).map(([kind, find]) => ({
      queryKey: ['found', kind, q],
      queryFn: ({ signal }: { signal: AbortSignal }) => find(q, signal),
      enabled: searchable && mayGo(`/${kind}`) && (kind !== 'people' || isAdmin),
      staleTime: 10_000,
      retry: false,
    })),
  });
  return {
    found: answers.flatMap(({ data }) => data ?? []),
    searching: answers.some(({ isFetching }) => isFetching),
    failed: answers.some(({ isError }) => isError),
  };
}

const sources: Record<Found['kind'], (q: string, signal: AbortSignal) => Promise<Found[]>> = {
  tasks: async (q, signal) => {
    // Words of fewer than three letters are not indexed.
    if (!/\S{3}|\p{Script=Han}/u.test(q)) {
      return [];
    }
    const { items } = await unwrap(api.GET('/api/v1/tasks', { params: { query: { q, page_size: most } }, signal }));
    return items.map(({ task_id, prompt, type, status }) => found('tasks', task_id, prompt ?? type, status));
  },
  devices: async (q, signal) => {
    const { items } = await unwrap(api.GET('/api/v1/devices', { params: { query: { q, page_size: most } }, signal }));
    return items.map(({ id, hostname, status }) => found('devices', id, hostname === '' ? id : hostname, status));
  },
  agents: async (q, signal) => {
    const { items } = await unwrap(api.GET('/api/v1/agents', { params: { query: { q, page_size: most } }, signal }));
    return items.map(({ id, name, status }) => found('agents', id, name, status));
  },
  posts: async (q, signal) => {
    const { items } = await unwrap(api.GET('/api/v1/posts', { params: { query: { q, page_size: most } }, signal }));
    return items.map(({ id, name, description }) => found('posts', id, name, description));
  },
  groups: async (q, signal) => {
    const { items } = await unwrap(api.GET('/api/v1/groups', { params: { query: { q, page_size: most } }, signal }));
    return items.map(({ id, name }) => found('groups', id, name, ''));
  },
  people: async (q, signal) => {
    const { items } = await unwrap(api.GET('/api/v1/users', { params: { query: { q, page_size: most } }, signal }));
    return items.map(({ id, name, email }) => found('people', id, name, email));
  },
  schedules: async (q, signal) => {
    const { items } = await unwrap(api.GET('/api/v1/schedules', { params: { query: { q, page_size: most } }, signal }));
    return items.map((schedule) => found('schedules', schedule.id, schedule.name, stateOf(schedule)));
  },
};

function found(kind: Found['kind'], id: string, label: string, hint: string): Found {
  return { kind, id, label, hint, href: `/${kind}/${encodeURIComponent(id)}` };
}
