import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { framesOf } from '../../live/frames';
import { keys } from '../../live/keys';
import { useFrames } from '../../live/LiveProvider';
import { ended } from '../../live/taskStates';
import { throttled } from '../../live/throttle';
import { agentCountKey, taskCountKey } from './queries';

/** Numbers can't be put right by one frame: they are asked for again, as often as a reader can follow and no more. */
export function useOverviewFresh(): void {
  const queries = useQueryClient();
  const stale = useMemo(
    () => ({
      agents: throttled(() => void queries.invalidateQueries({ queryKey: agentCountKey }), 2_000),
      tasks: throttled(() => void queries.invalidateQueries({ queryKey: taskCountKey }), 2_000),
      reports: throttled(() => void queries.invalidateQueries({ queryKey: keys.reports }), 5_000),
    }),
    [queries],
  );

  useEffect(
    () => () => {
      Object.values(stale).forEach(({ cancel }) => {
        cancel();
      });
    },
    [stale],
  );

  useFrames(({ frames }) => {
    if (frames.some(({ type }) => type === 'agent/list' || type === 'agent/status')) {
      stale.agents.call();
    }
    const states = framesOf(frames, 'task/state');
    if (states.length > 0) {
      stale.tasks.call();
    }
    if (states.some(({ status }) => ended.has(status))) {
      stale.reports.call();
    }
  });
}
