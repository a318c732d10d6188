import { expect, test } from 'vitest';
import { msUntil, wallClock } from './upcoming';

const now = Date.parse('2026-03-01T12:00:00Z');

test.each([
  ['none', [null, undefined], false],
  ['one that is over', ['2026-03-01T11:59:00Z'], 1_000],
  ['the first of several', ['2026-03-01T12:10:00Z', null, '2026-03-01T12:00:30Z'], 30_400],
  ['one in a year, which no timer could wait for', ['2027-03-01T12:00:00Z'], 3_600_000],
])('after %s', (_, times, wait) => {
  expect(msUntil(times, now)).toBe(wait);
});

test('a clock shows what it shows, wherever the reader is', () => {
  expect(wallClock('2026-03-29T09:00:05+02:00', 'en', now)).toBe('Sun, Mar 29, 09:00:05');
  expect(wallClock('2027-03-29T09:00:05+02:00', 'en', now)).toBe('Mon, Mar 29, 2027, 09:00:05');
});
