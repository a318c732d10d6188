import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../api';

/** Filters under a name, kept with the person, a preference for each list. */
export interface SavedFilter {
  name: string;
  search: Record<string, unknown>;
}

const most = 30;

const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  queryFn: async ({ signal }) => {
    const { items } = await unwrap(api.GET('/api/v1/auth/preferences', { signal }));
    return Object.fromEntries(items.map(({ name, value }) => [name, value as unknown]));
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
  return { saved: readSaved(data?.[name]), keep };
}

/** Whatever somebody has put there. */
export function readSaved(kept: unknown): SavedFilter[] {
  return Array.isArray(kept) ? kept.filter(isSaved) : [];
}

/** One more; of the same name the former one goes. */
export function withSaved(filters: readonly SavedFilter[], added: SavedFilter): SavedFilter[] {
  return [...filters.filter(({ name }) => name !== added.name), added].slice(-most);
}

function isSaved(value: unknown): value is SavedFilter {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' && 'search' in value && typeof value.search === 'object' && value.search !== null;
}
