import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api';
import { keys } from '../live/keys';

const most = 200;
const fresh = 60_000;

/** The names of the first ones at once; whoever is not among them is asked for alone. */
export const agentNames = queryOptions({
  queryKey: [...keys.agents, 'names'],
  queryFn: async ({ signal }) => {
    const { items } = await unwrap(api.GET('/api/v1/agents', { params: { query: { page_size: most } }, signal }));
    return new Map(items.map(({ id, name }) => [id, name]));
  },
  staleTime: fresh,
});

export const postNames = queryOptions({
  queryKey: ['posts', 'names'],
  queryFn: async ({ signal }) => {
    const { items } = await unwrap(api.GET('/api/v1/posts', { params: { query: { page_size: most } }, signal }));
    return new Map(items.map(({ id, name }) => [id, name]));
  },
  staleTime: fresh,
});

export const deviceNames = queryOptions({
  // Not one of the keys that follow the socket: a machine's name does not change with its state.
  queryKey: ['names', 'devices'],
  queryFn: async ({ signal }) => {
    const { items } = await unwrap(api.GET('/api/v1/devices', { params: { query: { page_size: most } }, signal }));
    return new Map(items.map(({ id, hostname }) => [id, hostname]));
  },
  staleTime: fresh,
});

export const agentQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.agents, 'one', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/agents/{id}', { params: { path: { id } }, signal })),
    staleTime: fresh,
    retry: false,
  });

export const postQuery = (id: string) =>
  queryOptions({
    queryKey: ['posts', 'one', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/posts/{id}', { params: { path: { id } }, signal })),
    staleTime: fresh,
    retry: false,
  });
