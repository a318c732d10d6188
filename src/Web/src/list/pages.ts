import { infiniteQueryOptions, type QueryKey } from '@tanstack/react-query';
import type { Rows } from '../live/rows';

/** Where a page begins: the first ones by number, then after the cursor of the one before, where the API gives cursors. */
export interface PageParam {
  page?: number;
  cursor?: string;
}

const firstPage: PageParam = {};

/** Enough for any screen twice over; more come as one scrolls. */
export const pageSize = 100;

export function pagesQuery<Row>(queryKey: QueryKey, ask: (page: PageParam & { page_size: number }, signal: AbortSignal) => Promise<Rows<Row>>) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }: { pageParam: PageParam; signal: AbortSignal }) => ask({ ...pageParam, page_size: pageSize }, signal),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
    staleTime: 5_000,
  });
}

export function nextPage<Row>(last: Rows<Row>, all: readonly Rows<Row>[]): PageParam | undefined {
  if (last.cursor !== undefined) {
    return last.cursor === null ? undefined : { cursor: last.cursor };
  }
  const loaded = all.reduce((sum, { items }) => sum + items.length, 0);
  return loaded < last.total && last.items.length > 0 ? { page: all.length + 1 } : undefined;
}

/** All rows so far; one that moved from a page to the next while they were read stands once. */
export function flatten<Row>(pages: readonly Rows<Row>[] | undefined, idOf: (row: Row) => string): Row[] {
  const seen = new Set<string>();
  return (pages ?? []).flatMap(({ items }) =>
    items.filter((row) => {
      const id = idOf(row);
      return !seen.has(id) && seen.add(id);
    }),
  );
}
