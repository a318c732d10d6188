import type { components } from '../../../api';
import type { Frame } from '../../../live/frames';

export type TaskEvent = Omit<components['schemas']['TaskEventView'], 'data'> & { data: unknown };

/** So many are kept of one task; of a longer one the newest. */
export const mostEvents = 20_000;

/** What came by the socket, as the API would have told it; null where it is of another task. */
export function eventOf(frame: Frame, taskId: string): TaskEvent | null {
  switch (frame.type) {
    case 'task/state': {
      const { task_id, number, event_id, status, attempt, agent_id, at, error } = frame.payload;
      return task_id === taskId && number !== undefined
        ? { number, event_id, kind: 'state', status, attempt, agent_id, device_id: null, at, data: error ?? null, percent: null }
        : null;
    }
    case 'task/progress': {
      const { task_id, number, event_id, kind, attempt, agent_id, at, data, percent } = frame.payload;
      return task_id === taskId ? { number, event_id, kind, status: null, attempt, agent_id, device_id: null, at, data, percent } : null;
    }
    case 'task/question':
    case 'task/answer':
    case 'task/message': {
      const { task_id, number, event_id, attempt, agent_id, at, ...data } = frame.payload;
      return task_id === taskId
        ? { number, event_id, kind: frame.type.slice('task/'.length), status: null, attempt, agent_id, device_id: null, at, data, percent: null }
        : null;
    }
    default:
      return null;
  }
}

/** What was known, and what came: in order, each once. Null where one is missing in between, and has to be asked for. */
export function appended(known: readonly TaskEvent[], came: readonly TaskEvent[]): TaskEvent[] | null {
  let last = known.at(-1)?.number ?? 0;
  const fresh: TaskEvent[] = [];
  for (const event of came) {
    if (event.number > last + 1) {
      return null;
    }
    if (event.number === last + 1) {
      fresh.push(event);
      last = event.number;
    }
  }
  return [...known, ...fresh].slice(-mostEvents);
}
