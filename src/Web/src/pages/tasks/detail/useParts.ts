import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { flatten } from '../../../list/pages';
import { framesOf } from '../../../live/frames';
import { useFrames } from '../../../live/LiveProvider';
import { ended } from '../../../live/taskStates';
import { throttled } from '../../../live/throttle';
import { groupQuery, partsQuery, type TaskRow, type TaskView } from '../queries';

const idOf = ({ task_id }: TaskRow) => task_id;

/** The tasks that were made of one, as they are now. Whose part a new task is the socket does not tell: it is asked for. */
export function useParts({ task_id: id, status }: TaskView) {
  const queries = useQueryClient();
  const parts = useInfiniteQuery(partsQuery(id));
  const stale = useMemo(
    () => throttled(() => {
      void queries.invalidateQueries({ queryKey: partsQuery(id).queryKey });
      void queries.invalidateQueries({ queryKey: groupQuery(id).queryKey });
    }, 1_000),
    [queries, id],
  );
  useEffect(() => stale.cancel, [stale]);
  useFrames(({ frames }) => {
    if (!ended.has(status) && framesOf(frames, 'task/state').some(({ number }) => number === 1)) {
      stale.call();
    }
  });
  const rows = useMemo(() => flatten(parts.data?.pages, idOf), [parts.data]);
  return { parts, rows };
}
