import { useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { components } from '../api';
import type { Batch } from './FrameBatch';
import { framesOf } from './frames';
import { keys } from './keys';
import { useFrames } from './LiveProvider';
import { patchRows, type Rows } from './rows';
import { afterState, ended, newest } from './taskStates';
import { throttled } from './throttle';

type TaskRow = components['schemas']['TaskRow'];
type TaskView = components['schemas']['TaskView'];
type AgentView = components['schemas']['AgentView'];

/** Keeps what was asked for by REST as it is now, by what the socket tells. Mounted once, in the shell. */
export function useLiveCaches(): void {
  const queries = useQueryClient();
  const stale = useMemo(
    () => ({
      devices: throttled(() => void queries.invalidateQueries({ queryKey: keys.devices }), 3_000),
      questions: throttled(() => void queries.invalidateQueries({ queryKey: keys.questions }), 500),
      inbox: throttled(() => void queries.invalidateQueries({ queryKey: keys.inbox }), 500),
      groups: throttled(() => void queries.invalidateQueries({ queryKey: [...keys.groups, 'list'] }), 2_000),
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

  useFrames((batch) => {
    if (batch.missed) {
      void queries.invalidateQueries({ predicate: ({ queryKey }) => Object.values(keys).some(([first]) => first === queryKey[0]) });
    }
    takeTasks(queries, batch);
    takeAgents(queries, batch);
    const told = new Set(batch.frames.map(({ type }) => type));
    if (told.has('agent/list') || told.has('agent/status')) {
      stale.devices.call();
    }
    if (told.has('task/question') || told.has('task/answer')) {
      stale.questions.call();
    }
    if (told.has('mention')) {
      stale.inbox.call();
      stale.groups.call();
    }
  });
}

function takeTasks(queries: QueryClient, batch: Batch): void {
  const states = newest(framesOf(batch.frames, 'task/state'));
  if (states.size === 0) {
    return;
  }
  queries.setQueriesData<InfiniteData<Rows<TaskRow>>>({ queryKey: keys.taskLists }, (data) =>
    patchRows(data, (row) => afterState(row, states.get(row.task_id))),
  );
  for (const [id, state] of states) {
    const key = [...keys.tasks, 'one', id];
    if (queries.getQueryData(key) !== undefined) {
      queries.setQueryData<TaskView>(key, (task) => task && afterState(task, state));
      // What stands beside the state comes by REST alone: the device, the result, the attempts, why it waits.
      void queries.invalidateQueries({ queryKey: key, exact: !ended.has(state.status) });
      void queries.invalidateQueries({ queryKey: [...keys.tasks, 'about', id] });
    }
  }
}

function takeAgents(queries: QueryClient, batch: Batch): void {
  const states = new Map<string, { status: string; running?: number | undefined }>();
  for (const { agents } of framesOf(batch.frames, 'agent/list')) {
    agents.forEach(({ id, status }) => states.set(id, { status }));
  }
  for (const { agent_id, status, running } of framesOf(batch.frames, 'agent/status')) {
    states.set(agent_id, { status, running });
  }
  if (states.size === 0) {
    return;
  }
  const change = (agent: AgentView): AgentView => {
    const now = states.get(agent.id);
    const running = now?.running ?? agent.running;
    return now === undefined || (now.status === agent.status && running === agent.running)
      ? agent
      : { ...agent, status: now.status, online: now.status !== 'offline', running };
  };
  queries.setQueriesData<InfiniteData<Rows<AgentView>>>({ queryKey: keys.agentLists }, (data) => patchRows(data, change));
  queries.setQueriesData<AgentView>({ queryKey: [...keys.agents, 'one'] }, (agent) => agent && change(agent));
}
