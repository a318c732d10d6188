import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../../api';

/** Those used last; more than so many nobody reads through. */
const most = 100;

export const sessionsQuery = queryOptions({
  queryKey: ['sessions of mine'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/auth/sessions', { params: { query: { page_size: most } }, signal })),
});
