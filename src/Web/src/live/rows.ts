import type { InfiniteData } from '@tanstack/react-query';

export interface Rows<Row> {
  items: Row[];
  total: number;
  total_capped?: boolean | null;
  cursor?: string | null;
}

/** Changes rows of a list that was loaded page by page. What did not change stays the same object, so that nothing else is drawn anew. */
export function patchRows<Row, Param>(
  data: InfiniteData<Rows<Row>, Param> | undefined,
  change: (row: Row) => Row,
): InfiniteData<Rows<Row>, Param> | undefined {
  if (data === undefined) {
    return undefined;
  }
  const pages = data.pages.map((page) => {
    const items = page.items.map(change);
    return items.some((row, index) => row !== page.items[index]) ? { ...page, items } : page;
  });
  return pages.some((page, index) => page !== data.pages[index]) ? { ...data, pages } : data;
}
