import { describe, expect, test } from 'vitest';
import { appended, eventOf, type TaskEvent } from './events';
import { percentOf, transcript, usageOf } from './transcript';

const event = (number: number, kind: string, data: unknown, more: Partial<TaskEvent> = {}): TaskEvent => ({
  number, kind, data, event_id: '', status: null, attempt: 1, agent_id: 'a', device_id: null, at: `t${String(number)}`, percent: null, ...more,
});

describe('a transcript', () => {
  test('has crumbs of text in one, and each attempt\'s by itself', () => {
    const blocks = transcript([event(1, 'text', 'Hel'), event(2, 'text', 'lo'), event(3, 'text', 'Again', { attempt: 2 })]);
    expect(blocks.map((block) => 'text' in block && block.text)).toEqual(['Hello', 'Again']);
  });

  test('has a tool and its result in one, also where words came between', () => {
    const blocks = transcript([
      event(1, 'tool', { id: 'x', name: 'Bash', status: 'started', input: { command: 'ls' } }),
      event(2, 'text', 'meanwhile'),
      event(3, 'tool', { id: 'x', status: 'failed', output: 'no' }),
    ]);
    expect(blocks).toHaveLength(2);
    expect(blocks[0]).toMatchObject({ kind: 'tool', name: 'Bash', status: 'failed', input: { command: 'ls' }, output: 'no', endedAt: 't3' });
  });

  test('puts lines of a log beneath each other', () => {
    expect(transcript([event(1, 'log', 'a'), event(2, 'log', { text: 'b' })])[0]).toMatchObject({ text: 'a\nb' });
  });
});

test('usage is the last word of each attempt, in sum', () => {
  const events = [event(1, 'usage', { input_tokens: 5, output_tokens: 1 }), event(2, 'usage', { input_tokens: 9, output_tokens: 2, cost_usd: 0.5 }), event(3, 'usage', { input_tokens: 1 }, { attempt: 2 })];
  expect(usageOf(events)).toEqual({ input: 10, output: 2, cost: 0.5 });
  expect(usageOf([])).toBeUndefined();
});

test('the newest share that was told counts', () => {
  expect(percentOf([event(1, 'status', '', { percent: 10 }), event(2, 'text', '')])).toBe(10);
});

describe('what comes by the socket', () => {
  test('is appended in order, each once', () => {
    expect(appended([event(1, 'text', 'a')], [event(1, 'text', 'a'), event(2, 'text', 'b')])?.map(({ number }) => number)).toEqual([1, 2]);
  });

  test('after a gap is asked for instead', () => {
    expect(appended([event(1, 'text', 'a')], [event(3, 'text', 'c')])).toBeNull();
  });

  test('of another task is not this one\'s', () => {
    const frame = { id: '', type: 'task/message', payload: { task_id: 't', number: 4, event_id: '', attempt: 1, agent_id: null, at: '', text: 'hi', from: 'u', name: null } } as const;
    expect([eventOf(frame, 'other'), eventOf(frame, 't')]).toMatchObject([null, { kind: 'message', data: { text: 'hi' } }]);
  });
});
