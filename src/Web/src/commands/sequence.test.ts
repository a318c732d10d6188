import { expect, test } from 'vitest';
import { keyOf, leadsOn, press } from './sequence';

const key = (name: string, more: Partial<{ ctrlKey: boolean; metaKey: boolean; altKey: boolean }> = {}) =>
  keyOf({ key: name, ctrlKey: false, metaKey: false, altKey: false, ...more });

test.each([
  [key('K', { metaKey: true }), 'mod+k'],
  [key('k', { ctrlKey: true }), 'mod+k'],
  [key('ArrowDown'), 'down'],
  [key('?'), '?'],
])('is written %s', (written, as) => {
  expect(written).toBe(as);
});

test('two keys within a second are one shortcut', () => {
  expect(press({ keys: 'g', at: 1_000 }, 't', 1_900).keys).toBe('g t');
});

test('after more than a second it begins anew', () => {
  expect(press({ keys: 'g', at: 1_000 }, 't', 2_100).keys).toBe('t');
});

test('only the beginning of a shortcut leads on', () => {
  expect([leadsOn('g', ['g t']), leadsOn('t', ['g t']), leadsOn('g t', ['g t'])]).toEqual([true, false, false]);
});
