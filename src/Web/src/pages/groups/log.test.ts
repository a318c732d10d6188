import { expect, test } from 'vitest';
import { mentionAt, pieces, saidIn, type GroupEntry } from './log';

const entry = (seq: number, more: Partial<GroupEntry> = {}): GroupEntry => ({
  id: `m${String(seq)}`, group_id: 'g', seq, kind: 'message', from: 'a', from_id: 'a', from_kind: 'user', content: `text ${String(seq)}`, timestamp: '2026-01-01T00:00:00Z', ...more,
});

test('edits and deletions change what they are of, in whatever order they came', () => {
  const said = saidIn([entry(4, { kind: 'delete', target: 'm2', content: '' }), entry(1), entry(3, { kind: 'edit', target: 'm1', content: 'better' }), entry(2), entry(1)]);
  expect(said.map(({ id, content, deleted_at }) => [id, content, deleted_at !== undefined])).toEqual([['m1', 'better', false], ['m2', '', true]]);
});

test('a mention is the longest name that stands there', () => {
  expect(pieces('to @sh-1 two and @ALL.', ['sh', 'sh-1 two'])).toEqual([
    { text: 'to ', isMention: false }, { text: '@sh-1 two', isMention: true }, { text: ' and ', isMention: false }, { text: '@ALL', isMention: true }, { text: '.', isMention: false },
  ]);
});

test('a name is being written after an @ that begins a word', () => {
  expect([mentionAt('hello @sh', 9), mentionAt('@', 1), mentionAt('a@b.c', 5), mentionAt('你好@研', 4)]).toEqual([{ from: 6, word: 'sh' }, { from: 0, word: '' }, undefined, undefined]);
  expect(mentionAt('你好 @研', 5)).toEqual({ from: 3, word: '研' });
});
