import { expect, test } from 'vitest';
import { dayAgo, dayName, daysBetween, startOf } from './days';

test('the days of a week, each once, the last one included', () => {
  const now = new Date(2026, 2, 31, 15, 4);
  const days = daysBetween(dayAgo(6, now.getTime()), now);
  expect(days).toHaveLength(7);
  expect([days[0], days.at(-1)]).toEqual(['2026-03-25', '2026-03-31']);
});

test('a day of an address is a day where the reader lives', () => {
  expect(dayName(startOf('2026-03-01'))).toBe('2026-03-01');
  expect(dayName(startOf('2026-02-28', 1))).toBe('2026-03-01');
});
