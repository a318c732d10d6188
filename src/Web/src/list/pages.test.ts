import { expect, test } from 'vitest';
import { flatten, nextPage } from './pages';

const page = (ids: string[], more: object = {}) => ({ items: ids, total: 5, ...more });

test('a list with cursors goes on after the last one, and ends where there is none', () => {
  expect(nextPage(page(['a'], { cursor: 'c' }), [page(['a'])])).toEqual({ cursor: 'c' });
  expect(nextPage(page(['a'], { cursor: null }), [page(['a'])])).toBeUndefined();
});

test('a list without goes on by number until all is there', () => {
  const first = page(['a', 'b', 'c']);
  expect(nextPage(first, [first])).toEqual({ page: 2 });
  expect(nextPage(page(['d', 'e']), [first, page(['d', 'e'])])).toBeUndefined();
});

test('an empty page ends a list whose rows went away meanwhile', () => {
  expect(nextPage(page([]), [page(['a']), page([])])).toBeUndefined();
});

test('a row that is on two pages stands once', () => {
  expect(flatten([page(['a', 'b']), page(['b', 'c'])], (id) => id)).toEqual(['a', 'b', 'c']);
});
