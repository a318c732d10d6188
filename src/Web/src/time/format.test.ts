import { describe, expect, test } from 'vitest';
import { bytes, duration, relative } from './format';

const now = Date.parse('2026-03-01T12:00:00Z');

describe('relative', () => {
  test.each([
    [-3_000, 'now'],
    [400, 'now'],
    [4_600, 'in 4 sec.'],
    [-42_000, '42 sec. ago'],
    [-185_000, '3 min. ago'],
    [7_300_000, 'in 2 hr.'],
    [-86_400_000, 'yesterday'],
  ])('%i ms from now is %s', (away, said) => {
    expect(relative(now + away, now, 'en', 'now')).toBe(said);
  });

  test('speaks Chinese', () => {
    expect(relative(now - 185_000, now, 'zh-CN', '刚刚')).toBe('3分钟前');
  });
});

test.each([
  [850, '850ms'],
  [4_200, '4.2s'],
  [192_000, '3m 12s'],
  [7_500_000, '2h 5m'],
  [273_600_000, '3d 4h'],
])('%i ms last %s', (ms, said) => {
  expect(duration(ms, 'en')).toBe(said);
});

test.each([
  [0, '0B'],
  [2_048, '2kB'],
  [1_610_612_736, '1.5GB'],
])('%i bytes are %s', (size, said) => {
  expect(bytes(size, 'en')).toBe(said);
});
