import { expect, test } from 'vitest';
import type { TaskState } from '../../../live/frames';
import { mayChangeList } from './news';

const state = (task_id: string, status: string, number: number): TaskState => ({ task_id, status, number, event_id: '', attempt: 1, agent_id: null, at: '' });
const known = new Set(['a']);

test.each([
  ['a new task', state('b', 'queued', 1), undefined, true],
  ['another state of one that is shown', state('a', 'running', 3), undefined, false],
  ['another state of one that is older than the list', state('b', 'running', 3), undefined, false],
  ['one that fits now', state('b', 'failed', 5), ['failed'], true],
  ['one that fits no longer', state('a', 'queued', 5), ['failed'], true],
  ['one that never fitted', state('b', 'queued', 1), ['failed'], false],
])('%s', (_, event, wanted, changes) => {
  expect(mayChangeList([event], known, wanted)).toBe(changes);
});
