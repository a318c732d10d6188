import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useFrames } from '../../live/LiveProvider';
import { throttled } from '../../live/throttle';
import { useReportsFresh } from '../../reports/useReportsFresh';
import { agentCountKey, taskCountKey } from './queries';

/** Numbers can't be put right by one frame: they are asked for again, as often as a reader can follow and no more. */
export function useOverviewFresh(): void {
  useReportsFresh();
  const queries = useQueryClient();
  const stale = useMemo(
    () => ({
      agents: throttled(() => void queries.invalidateQueries({ queryKey: agentCountKey }), 2_000),
      tasks: throttled(() => void queries.invalidateQueries({ queryKey: taskCountKey }), 2_000),
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
    if (frames.some(({ type }) => type === 'task/state')) {
      stale.tasks.call();
    }
  });
}
