import { expect, test } from 'vitest';
import { rowHeight, rowsInSight, scrollFor } from './window';

test('of 100,000 rows no more than 80 are there', () => {
  for (const top of [0, 1_000, 50_000 * rowHeight, 100_000 * rowHeight]) {
    const [first, end] = rowsInSight(top, 1_400, 100_000);
    expect(end - first).toBeLessThanOrEqual(80);
  }
});

test('all rows in sight are there', () => {
  const [first, end] = rowsInSight(420, 840, 1_000);
  expect(first).toBeLessThanOrEqual(10);
  expect(end).toBeGreaterThanOrEqual(30);
});

test('a short list is there as a whole', () => {
  expect(rowsInSight(0, 900, 3)).toEqual([0, 3]);
});

test.each([
  [2, 420, 84],
  [12, 420, undefined],
  [40, 420, 41 * rowHeight - 840],
])('row %i, scrolled to %i, wants %s', (index, top, wanted) => {
  expect(scrollFor(index, top, 840)).toBe(wanted);
});
