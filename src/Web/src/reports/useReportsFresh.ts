import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { framesOf } from '../live/frames';
import { useFrames } from '../live/LiveProvider';
import { keys } from '../live/keys';
import { ended } from '../live/taskStates';

/** Figures are up to half a second behind the end that the socket tells of, and are read from many rows. */
const after = 2_000;

/** Asks anew for the reports that are shown, a moment after tasks have ended. */
export function useReportsFresh(): void {
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => { clearTimeout(timer.current); }, []);
  useFrames(({ frames }) => {
    if (framesOf(frames, 'task/state').some(({ status }) => ended.has(status))) {
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        void queries.invalidateQueries({ queryKey: keys.reports });
      }, after);
    }
  });
}
