import { useQueryClient, type InfiniteData, type QueryKey } from '@tanstack/react-query';
import { useCallback, useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react';
import type { Rows } from '../live/rows';
import { throttled } from '../live/throttle';
import type { PageParam } from './pages';

interface LiveHead<Row> {
  queryKey: QueryKey;
  /** The first page as it is now. */
  ask: () => Promise<Rows<Row>>;
  idOf: (row: Row) => string;
  rows: readonly Row[] | undefined;
  box: RefObject<HTMLDivElement | null>;
}

const every = 1_000;

/** What is new on top of a list: shown at once to who looks at the top, else only said. Rows do not move under a reader. */
export function useLiveHead<Row>({ queryKey, ask, idOf, rows, box }: LiveHead<Row>) {
  const queries = useQueryClient();
  const [head, setHead] = useState<{ of: string; page: Rows<Row> }>();
  const id = JSON.stringify(queryKey);

  const begin = (page: Rows<Row>) => {
    setHead(undefined);
    queries.setQueryData<InfiniteData<Rows<Row>, PageParam>>(queryKey, { pages: [page], pageParams: [{}] });
    box.current?.scrollTo({ top: 0 });
  };

  const look = useEffectEvent(async () => {
    if (rows === undefined) {
      return;
    }
    const page = await ask().catch(() => undefined);
    if (page === undefined) {
      return;
    }
    const known = new Set(rows.map(idOf));
    if ((box.current?.scrollTop ?? 0) < 4) {
      begin(page);
    } else if (page.items.some((row) => !known.has(idOf(row)))) {
      setHead({ of: id, page });
    }
  });

  const asked = useRef<(() => void) | undefined>(undefined);
  useEffect(() => {
    const throttle = throttled(() => void look(), every);
    asked.current = throttle.call;
    return throttle.cancel;
  }, [id]);
  const mayBeNew = useCallback(() => asked.current?.(), []);

  return { mayBeNew, onNews: head?.of === id ? () => { begin(head.page); } : undefined };
}
