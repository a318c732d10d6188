import { queryOptions } from '@tanstack/react-query';
import { api, unwrap, type components } from '../../api';
import { given } from '../../list/search';
import { pagesQuery } from '../../list/pages';
import { keys } from '../../live/keys';

export type PostRow = components['schemas']['PostRow'];
export type PostView = components['schemas']['PostView'];
export type Template = components['schemas']['PostTemplate'];
export type Rollout = components['schemas']['RolloutView'];

export const postsQuery = (q: string | undefined) =>
  pagesQuery<PostRow>([...keys.posts, 'list', q ?? ''], ({ page, page_size }, signal) =>
    unwrap(api.GET('/api/v1/posts', { params: { query: given({ q, page, page_size }) }, signal })));

export const galleryQuery = queryOptions({
  queryKey: [...keys.posts, 'gallery'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/posts/gallery', { signal })),
  staleTime: Infinity,
});

/** What stands beside a post; asked for again when it changes. */
const about = (id: string, what: string) => [...keys.posts, 'about', id, what];

export const versionsQuery = (id: string) =>
  pagesQuery<components['schemas']['PostVersionRow']>(about(id, 'versions'), ({ page, page_size }, signal) =>
    unwrap(api.GET('/api/v1/posts/{id}/versions', { params: { path: { id }, query: given({ page, page_size }) }, signal })));

export const compareQuery = (id: string, from: number, to: number) =>
  queryOptions({
    queryKey: about(id, `compare ${String(from)} ${String(to)}`),
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/posts/{id}/versions/compare', { params: { path: { id }, query: { from, to } }, signal })),
  });

export const rolloutsQuery = (id: string) =>
  queryOptions({
    queryKey: about(id, 'rollouts'),
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/posts/{id}/rollouts', { params: { path: { id }, query: { page_size: 50 } }, signal })),
    // How a trial stands the socket does not tell.
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.ended_at === null) === true ? 3_000 : false),
  });

export const staffQuery = (id: string) =>
  pagesQuery<components['schemas']['PostAgentView']>([...keys.agents, 'of post', id], ({ page, page_size }, signal) =>
    unwrap(api.GET('/api/v1/posts/{id}/agents', { params: { path: { id }, query: given({ page, page_size }) }, signal })));

export const secretsQuery = (id: string) =>
  queryOptions({
    queryKey: about(id, 'secrets'),
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/posts/{id}/secrets', { params: { path: { id } }, signal })),
  });
