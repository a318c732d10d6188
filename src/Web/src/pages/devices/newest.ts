import { queryOptions } from '@tanstack/react-query';
import { api, ApiError, Code, unwrap } from '../../api';
import { keys } from '../../live/keys';

/** The device with this id, or the one that was enrolled last; null where there is none. */
export const newestQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.devices, 'newest', id],
    queryFn: async ({ signal }) => {
      if (id !== '') {
        return unwrap(api.GET('/api/v1/devices/{id}', { params: { path: { id } }, signal })).catch((error: unknown) => {
          if (error instanceof ApiError && error.code === Code.notFound) {
            return null;
          }
          throw error;
        });
      }
      const { total } = await unwrap(api.GET('/api/v1/devices', { params: { query: { page_size: 1 } }, signal }));
      const { items } = await unwrap(api.GET('/api/v1/devices', { params: { query: { page: Math.max(1, total), page_size: 1 } }, signal }));
      return items[0] ?? null;
    },
  });
