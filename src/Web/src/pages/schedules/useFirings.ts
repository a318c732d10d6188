import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { flatten } from '../../list/pages';
import { framesOf } from '../../live/frames';
import { useFrames } from '../../live/LiveProvider';
import { throttled } from '../../live/throttle';
import { firingsQuery, scheduleQuery, type Firing } from './queries';
import { msUntil } from './upcoming';

const idOf = ({ id }: Firing) => id;

/** The history of a schedule, as it goes on: asked for when a time has come, and when a task that may be its own is new. */
export function useFirings(id: string, next: string | null) {
  const queries = useQueryClient();
  const query = firingsQuery(id);
  const firings = useInfiniteQuery({ ...query, refetchInterval: () => msUntil([next]) });
  const stale = useMemo(
    () => throttled(() => {
      void queries.invalidateQueries({ queryKey: firingsQuery(id).queryKey });
      void queries.invalidateQueries({ queryKey: scheduleQuery(id).queryKey });
    }, 1_000),
    [queries, id],
  );
  useEffect(() => stale.cancel, [stale]);
  useFrames(({ frames }) => {
    if (framesOf(frames, 'task/state').some(({ number }) => number === 1)) {
      stale.call();
    }
  });
  const rows = useMemo(() => (firings.data === undefined ? undefined : flatten(firings.data.pages, idOf)), [firings.data]);
  return { firings, rows };
}
