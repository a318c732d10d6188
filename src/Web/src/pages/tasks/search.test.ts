import { expect, test } from 'vitest';
import { asQuery, isSearchable, readTaskSearch } from './search';

test('an address is read as far as it makes sense', () => {
  expect(readTaskSearch({ status: ['running', 'nonsense'], agent: 7, view: 'pie', from: '2026-02-30x', q: ' ' })).toEqual({ status: ['running'], agent: '7' });
});

test('days are whole ones in the reader\'s zone', () => {
  const { from, to } = asQuery({ from: '2026-03-01', to: '2026-03-01' });
  expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBe(86_400_000 - 1);
});

test('the view is the page\'s own and not asked of the API', () => {
  expect(asQuery({ view: 'board', label: 'team=a' })).toEqual({ label: ['team=a'] });
});

test.each([
  ['ab', false],
  ['a b c', false],
  ['abc', true],
  ['修', true],
])('%s is searchable: %s', (q, is) => {
  expect(isSearchable(q)).toBe(is);
});
