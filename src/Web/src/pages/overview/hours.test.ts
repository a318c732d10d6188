import { expect, test } from 'vitest';
import { firstHour, hoursOf } from './hours';

const now = Date.parse('2026-03-02T09:41:00Z');

test('a day goes from 23 full hours ago to now', () => {
  expect(new Date(firstHour(now)).toISOString()).toBe('2026-03-01T10:00:00.000Z');
});

test('each hour has its place, whatever zone the report was written in, and those without work are there too', () => {
  const hours = hoursOf([{ key: '2026-03-02T17:00+08:00', done: 3, failed: 1 }, { key: null, done: 9, failed: 9 }], now);
  expect(hours).toHaveLength(24);
  expect(hours.at(-1)).toEqual({ at: Date.parse('2026-03-02T09:00:00Z'), done: 3, failed: 1 });
  expect(hours.slice(0, -1).every(({ done, failed }) => done + failed === 0)).toBe(true);
});

test.each([
  ['Europe/Berlin', '2026-03-01T00:00:00Z'],
  ['Asia/Kolkata', '2026-02-28T23:30:00Z'],
])('in %s the first of 24 hours begins when its clocks strike', (zone, begins) => {
  expect(new Date(firstHour(Date.parse('2026-03-01T23:10:00Z'), zone))).toEqual(new Date(begins));
});
