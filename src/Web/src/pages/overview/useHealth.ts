import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../api';
import { remember, type ServiceState } from './health';

const every = 3_000;

const healthQuery = queryOptions({
  queryKey: ['system', 'health'],
  queryFn: async ({ client, queryKey, signal }) => {
    const fresh = await unwrap(api.GET('/api/v1/system/health', { signal }));
    return remember(client.getQueryData<ServiceState[]>(queryKey) ?? [], fresh.items);
  },
  refetchInterval: every,
  // The next look comes anyway.
  retry: false,
});

export function useHealth() {
  return useQuery(healthQuery);
}
