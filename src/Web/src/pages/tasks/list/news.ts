import type { TaskState } from '../../../live/frames';

/** Whether rows may have come or gone: a new task, or one whose state now fits the list, or fits no longer. */
export function mayChangeList(states: readonly TaskState[], known: ReadonlySet<string>, wanted: readonly string[] | undefined): boolean {
  return states.some(({ task_id, status, number }) =>
    wanted === undefined ? number === 1 && !known.has(task_id) : wanted.includes(status) !== known.has(task_id),
  );
}
