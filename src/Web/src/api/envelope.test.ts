import { expect, test } from 'vitest';
import { secondsToWait } from './envelope';

const now = Date.parse('2030-01-01T00:00:00Z');

test.each([
  [null, undefined],
  ['', undefined],
  ['soon', undefined],
  ['0', 0],
  ['42', 42],
  ['1.2', 2],
  ['-5', 0],
  ['Tue, 01 Jan 2030 00:01:30 GMT', 90],
  ['Mon, 31 Dec 2029 23:59:00 GMT', 0],
])('secondsToWait(%s) is %s', (header, expected) => {
  expect(secondsToWait(header, now)).toBe(expected);
});
