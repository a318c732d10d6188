import { expect, test } from 'vitest';
import { momentOf, wallOf } from './wall';

test.each([
  ['2026-03-01T09:00:00', 'UTC', '2026-03-01T09:00:00Z'],
  ['2026-07-01T09:00', 'Europe/Berlin', '2026-07-01T07:00:00Z'],
  ['2026-03-01T00:00:00', 'Asia/Kolkata', '2026-02-28T18:30:00Z'],
  ['2026-10-25T02:30:00', 'Europe/Berlin', '2026-10-25T00:30:00Z'],
  ['2026-03-29T02:30:00', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
  ['2026-03-01T23:59:59.999', 'America/New_York', '2026-03-02T04:59:59.999Z'],
])('the clocks show %s in %s at %s', (wall, zone, at) => {
  expect(new Date(momentOf(wall, zone))).toEqual(new Date(at));
});

test.each([['2026-03-29T01:00:00Z', '2026-03-29T03:00:00'], ['2026-10-25T01:00:00Z', '2026-10-25T02:00:00']])('at %s those of Berlin show %s', (at, wall) => {
  expect(wallOf(Date.parse(at), 'Europe/Berlin')).toBe(wall);
});
