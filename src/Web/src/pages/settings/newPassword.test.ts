import { expect, test } from 'vitest';
import { faultOf } from './newPassword';

test.each([
  ['old', 'a new one', 'a new one', undefined],
  ['old', 'a new one', 'a new', 'unfinished'],
  ['old', 'a new one', 'a now', 'differs'],
  ['old', 'short', 'short', 'unfinished'],
  ['the old one', 'the old one', 'the old one', 'same'],
  ['', '', '', 'unfinished'],
])('from %s to %s, again %s: %s', (now, next, again, fault) => {
  expect(faultOf(now, next, again)).toBe(fault);
});
