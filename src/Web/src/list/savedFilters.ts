/** Filters under a name, kept with the person, a preference for each list. */
export interface SavedFilter {
  name: string;
  search: Record<string, unknown>;
}

const most = 30;

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
