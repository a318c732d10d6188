import { expect, test } from 'vitest';
import type { Question } from '../../questions/useAnswer';
import { itemsOf, rowAt, type Mention } from './items';

const question = (question_id: string, expires_at: string, kind = 'question'): Question => ({
  task_id: 't', attempt: 1, question_id, agent_id: null, kind, title: question_id, detail: null, options: [], default: null,
  asked_at: '', expires_at, open: true, answer: null, by: null, name: null, answered_at: null, prompt: null,
});
const mention: Mention = { id: 'm', group_id: 'g', seq: 1, from: 'x', from_id: 'x', from_kind: 'user', content: 'hi', timestamp: '', read: false, read_at: null };

test('what ends soonest stands on top, mentions below', () => {
  const items = itemsOf([question('late', '2026-03-02T00:00:00Z'), question('soon', '2026-03-01T00:00:00Z', 'permission')], [mention], undefined);
  expect(items.map(({ id }) => id)).toEqual(['t:soon', 't:late', 'm']);
});

test('one kind can be looked at alone', () => {
  expect(itemsOf([question('a', ''), question('b', '', 'permission')], [mention], 'permission').map(({ id }) => id)).toEqual(['t:b']);
});

test('what took the place of an answered row is next, at the end the last one', () => {
  const rows = [{ id: 'a' }, { id: 'c' }];
  expect([rowAt(rows, 'c', 0), rowAt(rows, 'b', 1), rowAt(rows, 'd', 5), rowAt([], 'x', 0)]).toEqual([1, 1, 1, -1]);
});
