import type { components } from '../api';
import type { TaskState } from './frames';

export const ended: ReadonlySet<string> = new Set(['done', 'failed', 'canceled']);

/** Of each task the newest state. */
export function newest(states: readonly TaskState[]): ReadonlyMap<string, TaskState> {
  const byTask = new Map<string, TaskState>();
  for (const state of states) {
    const known = byTask.get(state.task_id);
    if (known === undefined || (state.number ?? 0) >= (known.number ?? 0)) {
      byTask.set(state.task_id, state);
    }
  }
  return byTask;
}

type TaskRow = components['schemas']['TaskRow'];
type Stands = Pick<TaskRow, 'status' | 'attempt' | 'agent_id' | 'error' | 'started_at' | 'finished_at'>;

/** A row, or a whole task, as it stands after a state that came by the socket. An older attempt's word changes nothing. */
export function afterState<Task extends Stands>(task: Task, state: TaskState | undefined): Task {
  if (state === undefined || state.attempt < task.attempt || (task.status === state.status && task.attempt === state.attempt)) {
    return task;
  }
  return {
    ...task,
    status: state.status,
    attempt: state.attempt,
    agent_id: state.agent_id ?? task.agent_id,
    error: state.error ?? (state.status === 'failed' ? task.error : null),
    started_at: state.status === 'running' && task.status !== 'waiting' ? state.at : task.started_at,
    finished_at: ended.has(state.status) ? state.at : null,
  };
}
