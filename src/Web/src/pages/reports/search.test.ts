import { describe, expect, test } from 'vitest';
import { datesOf, readReportSearch, spanOf, wishOf } from './search';

const now = new Date(2026, 2, 31, 15, 4).getTime();

test('an address is read as far as it makes sense', () => {
  expect(readReportSearch({ by: 'agent', range: '30d', from: '2026-03-01', post: 'p' })).toEqual({ by: 'agent', range: '30d', post: 'p' });
  expect(readReportSearch({ by: 'moon', range: 'dates', from: '2026-03-01', to: 'x' })).toEqual({ range: 'dates', from: '2026-03-01' });
});

describe('the days that are asked for', () => {
  test.each([
    [{}, '2026-03-25', '2026-03-31', true],
    [{ range: '1d' } as const, '2026-03-31', '2026-03-31', true],
    [{ range: 'dates', from: '2026-03-02', to: '2026-03-05' } as const, '2026-03-02', '2026-03-05', false],
    [{ range: 'dates', from: '2026-03-02' } as const, '2026-03-02', '2026-03-31', true],
    [{ range: 'dates', from: '2026-03-09', to: '2026-03-05' } as const, '2026-03-05', '2026-03-05', false],
    [{ range: 'dates', from: '2020-01-01', to: '2026-03-31' } as const, '2025-04-01', '2026-03-31', true],
    [{ range: 'dates', to: '2030-01-01' } as const, '2026-03-25', '2026-03-31', true],
  ])('%o', (search, from, to, isOpen) => {
    const span = spanOf(search, now);
    expect({ ...datesOf(span), isOpen: span.isOpen }).toEqual({ from, to, isOpen });
  });
});

test('what goes on has no end in the question', () => {
  expect(Object.keys(wishOf({ post: 'p' }, spanOf({}, now)))).toEqual(['from', 'post_id']);
});
