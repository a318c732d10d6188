import { useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
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
type DeviceView = components['schemas']['DeviceView'];

/** Keeps what was asked for by REST as it is now, by what the socket tells. Mounted once, in the shell. */
export function useLiveCaches(): void {
  const queries = useQueryClient();
  const stale = useMemo(
    () => ({
      devices: throttled(() => queries.invalidateQueries({ queryKey: keys.devices }), 3_000),
      questions: throttled(() => void queries.invalidateQueries({ queryKey: keys.questions }), 500),
      inbox: throttled(() => void queries.invalidateQueries({ queryKey: keys.inbox }), 500),
      groups: throttled(() => queries.invalidateQueries({ queryKey: [...keys.groups, 'list'] }), 2_000),
    }),
    [queries],
  );

  // By id, as they were told last.
  const devices = useRef(new Map<string, string>());

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
      // What is being asked for just now is new enough.
      void queries.invalidateQueries({ predicate: ({ queryKey }) => Object.values(keys).some(([first]) => first === queryKey[0]) }, { cancelRefetch: false });
    }
    takeTasks(queries, batch);
    takeAgents(queries, batch);
    const told = new Set(batch.frames.map(({ type }) => type));
    // How many agents a device has, how many devices are there, and which a filter finds, comes by REST alone.
    if (takeDevices(queries, batch, devices.current) || told.has('agent/list')) {
      stale.devices.call();
    }
    if (told.has('task/question') || told.has('task/answer')) {
      stale.questions.call();
    }
    if (told.has('mention')) {
      stale.inbox.call();
    }
    if (told.has('mention') || told.has('group/ready')) {
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

/** True where what was asked for has to be asked for anew. */
function takeDevices(queries: QueryClient, batch: Batch, statuses: Map<string, string>): boolean {
  const told = framesOf(batch.frames, 'device/status');
  const devices = new Map(told.flatMap((frame) => frame.devices).map((device) => [device.device_id, device]));
  if (devices.size > 0) {
    const change = (device: DeviceView): DeviceView => {
      const now = devices.get(device.id);
      return now === undefined ? device : { ...device, status: now.status, last_seen: now.last_seen, load: now.load };
    };
    queries.setQueriesData<InfiniteData<Rows<DeviceView>>>({ queryKey: keys.deviceLists }, (data) => patchRows(data, change));
    queries.setQueriesData<DeviceView>({ queryKey: [...keys.devices, 'one'] }, (device) => device && change(device));
    // Of a device that is looked at, there are new figures as well.
    void queries.invalidateQueries({ queryKey: keys.figures, predicate: ({ queryKey }) => devices.has(String(queryKey[1])) });
  }
  const changed = [...devices.values()].filter(({ device_id, status }) => statuses.get(device_id) !== status);
  changed.forEach(({ device_id, status }) => statuses.set(device_id, status));
  return changed.length > 0 || told.some(({ stale }) => stale === true);
}
