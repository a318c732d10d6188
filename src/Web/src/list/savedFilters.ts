/** Filters under a name, kept in this browser for each person and list. */
export interface SavedFilter {
  name: string;
  search: Record<string, unknown>;
}

const most = 30;

const keyOf = (person: string, list: string) => `agents.filters.${list}.${person}`;

export function readSaved(person: string, list: string, storage: Pick<Storage, 'getItem'> = localStorage): SavedFilter[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(keyOf(person, list)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isSaved) : [];
  } catch {
    return [];
  }
}

export function writeSaved(person: string, list: string, filters: readonly SavedFilter[], storage: Pick<Storage, 'setItem'> = localStorage): void {
  storage.setItem(keyOf(person, list), JSON.stringify(filters.slice(-most)));
}

/** One more; of the same name the former one goes. */
export function withSaved(filters: readonly SavedFilter[], added: SavedFilter): SavedFilter[] {
  return [...filters.filter(({ name }) => name !== added.name), added];
}

function isSaved(value: unknown): value is SavedFilter {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' && 'search' in value && typeof value.search === 'object';
}
