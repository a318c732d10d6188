import { expect, test } from 'vitest';
import { browserZone, pickZone } from './zone';

test.each([
  [null, browserZone],
  ['Asia/Tokyo', 'Asia/Tokyo'],
  ['Nowhere/Land', browserZone],
  ['', browserZone],
])('of %j it makes %s', (stored, zone) => {
  expect(pickZone(stored)).toBe(zone);
});
