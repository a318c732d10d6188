import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../api';
import { readSaved, type SavedFilter } from './savedFilters';

const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  queryFn: async ({ signal }) => {
    const { items } = await unwrap(api.GET('/api/v1/auth/preferences', { signal }));
    return Object.fromEntries(items.map(({ name, value }) => [name, value]));
  },
  staleTime: 60_000,
});

/** What a list's filters are, and how others are kept. What is kept is shown before the server has answered, and taken back where it refuses. */
export function useSavedFilters(list: string, onFailure: (error: Error) => void) {
  const name = `filters.${list}`;
  const queries = useQueryClient();
  const { data } = useQuery(preferencesQuery);
  const { mutate: keep } = useMutation({
    mutationFn: (value: readonly SavedFilter[]) => unwrap(api.PUT('/api/v1/auth/preferences/{name}', { params: { path: { name } }, body: { value } })),
    onMutate: async (value) => {
      await queries.cancelQueries(preferencesQuery);
      queries.setQueryData(preferencesQuery.queryKey, (kept) => ({ ...kept, [name]: value }));
    },
    onError: onFailure,
    onSettled: () => queries.invalidateQueries(preferencesQuery),
  });
  // Until it is known what there is, nothing is kept: it would take the place of that.
  return { saved: readSaved(data?.[name]), isKnown: data !== undefined, keep };
}
