import { expect, test } from 'vitest';
import { endOf, lives } from './life';

test('a key ends when it was said, or never', () => {
  const now = Date.parse('2026-01-01T12:00:00Z');
  expect(lives.map((life) => endOf(life, now)?.slice(0, 10) ?? null)).toEqual(['2026-01-31', '2026-04-01', '2027-01-01', null]);
});
