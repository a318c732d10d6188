import { queryOptions } from '@tanstack/react-query';
import { api, unwrap, type components } from '../../api';
import { pagesQuery } from '../../list/pages';

export type Person = components['schemas']['UserView'];
export type Key = components['schemas']['KeyView'];

/** The socket does not tell of accounts: they are asked for when somebody looks. */
export const peopleKey = ['people'];

export const peopleQuery = (q: string | undefined) =>
  pagesQuery<Person>([...peopleKey, 'list', q ?? ''], ({ page = 1, page_size }, signal) =>
    unwrap(api.GET('/api/v1/users', { params: { query: { ...(q !== undefined && { q }), page, page_size } }, signal })),
  );

export const personQuery = (id: string) =>
  queryOptions({
    queryKey: [...peopleKey, 'one', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/users/{id}', { params: { path: { id } }, signal })),
  });

export const sessionCount = (id: string) =>
  queryOptions({
    queryKey: [...peopleKey, 'sessions', id],
    queryFn: async ({ signal }) => (await unwrap(api.GET('/api/v1/users/{id}/sessions', { params: { path: { id }, query: { page_size: 1 } }, signal }))).total,
  });

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/auth/keys', { signal })),
});
