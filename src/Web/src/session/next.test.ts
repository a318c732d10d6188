import { expect, test } from 'vitest';
import { safeNext } from './next';

test.each(['/', '/tasks', '/tasks?state=running#last'])('%s may follow a sign-in', (next) => {
  expect(safeNext(next)).toBe(next);
});

test.each([undefined, 7, '', 'tasks', '//evil.example', '/\\evil.example', 'https://evil.example', '/sign-in?next=/', 'javascript:alert(1)', '/\t/evil.example', '/\n/evil.example'])(
  '%j may not',
  (next) => {
    expect(safeNext(next)).toBeUndefined();
  },
);
