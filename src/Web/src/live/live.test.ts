import { describe, expect, test, vi } from 'vitest';
import { pauseBefore } from './backoff';
import { FrameBatch, type Batch } from './FrameBatch';
import { readFrame, type Frame, type TaskState } from './frames';
import { patchRows } from './rows';
import { afterState, newest } from './taskStates';

const state = (more: Partial<TaskState>): TaskState => ({ task_id: 't', event_id: '', status: 'running', attempt: 1, agent_id: 'a', at: '2026-03-01T00:00:00Z', number: 2, ...more });
const task = { task_id: 't', status: 'queued', attempt: 0, agent_id: null, error: null, started_at: null, finished_at: null };

describe('rows', () => {
  const data = { pages: [{ items: [1, 2], total: 3 }, { items: [3], total: 3 }], pageParams: [1, 2] };

  test('what does not change stays the same object', () => {
    expect(patchRows(data, (row) => row)).toBe(data);
  });

  test('only the page with the changed row is another one', () => {
    const patched = patchRows(data, (row) => (row === 3 ? 30 : row));
    expect(patched?.pages[0]).toBe(data.pages[0]);
    expect(patched?.pages[1]?.items).toEqual([30]);
  });
});

describe('a task', () => {
  test('is as the newest state says', () => {
    const states = newest([state({ number: 2 }), state({ number: 4, status: 'done' }), state({ number: 3, status: 'waiting' })]);
    expect(states.get('t')?.status).toBe('done');
    expect(afterState(task, states.get('t'))).toMatchObject({ status: 'done', agent_id: 'a', finished_at: '2026-03-01T00:00:00Z' });
  });

  test('does not go back to an older attempt', () => {
    const running = { ...task, status: 'running', attempt: 2 };
    expect(afterState(running, state({ attempt: 1, status: 'queued' }))).toBe(running);
  });

  test('that is retried has neither an end nor an error any more', () => {
    const failed = { ...task, status: 'failed', attempt: 1, error: { kind: 'x', message: 'y' }, finished_at: 'then' };
    expect(afterState(failed, state({ status: 'queued' }))).toMatchObject({ status: 'queued', error: null, finished_at: null });
  });
});

describe('frames', () => {
  const beat: Frame = { id: '', type: 'heartbeat', payload: { interval: 30 } };

  test('what is no frame is none', () => {
    expect([readFrame('{'), readFrame('null'), readFrame('{"type":"x"}')]).toEqual([null, null, null]);
  });

  test('come gathered, and of too many it is said that some are missing', () => {
    vi.useFakeTimers();
    const batches: Batch[] = [];
    const batch = new FrameBatch((one) => batches.push(one));
    batch.add(beat);
    batch.add(beat);
    vi.runAllTimers();
    Array.from({ length: 20_005 }, () => { batch.add(beat); });
    vi.runAllTimers();
    vi.useRealTimers();
    expect(batches.map(({ frames, missed }) => [frames.length, missed])).toEqual([[2, false], [5, true]]);
  });
});

test('the pauses between tries grow, never beyond 20 seconds, and differ', () => {
  expect([pauseBefore(0, 0), pauseBefore(0, 1), pauseBefore(3, 1), pauseBefore(99, 1)]).toEqual([250, 500, 4_000, 20_000]);
});
