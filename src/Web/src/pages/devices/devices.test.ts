import { expect, test } from 'vitest';
import { chartOf } from '../../parts/chart';
import type { Device } from './queries';
import { hasCome, stateOf } from './state';
import { readDetailSearch, readDeviceSearch } from './search';

test('what is away is not draining', () => {
  expect([stateOf({ status: 'online', draining: true }), stateOf({ status: 'offline', draining: true })]).toEqual(['draining', 'offline']);
});

test('addresses are read as far as they make sense', () => {
  expect([readDeviceSearch({ status: 'odd', enrol: 'yes', q: 'a' }), readDetailSearch({ tab: 'now', range: 'toString' })]).toEqual([{ q: 'a' }, { tab: 'now' }]);
});

test('a chart breaks its line where nothing was measured', () => {
  const item = (seconds: number, avg: number) => ({ at: new Date(seconds * 1000).toISOString(), min: avg, avg, max: avg, last: avg, count: 1 });
  const chart = chartOf([item(0, 1), item(10, 2), item(60, 4)], { from: 0, to: 100_000, step: 10, width: 100, height: 50 });
  expect(chart.lines).toHaveLength(2);
  expect(chart.top).toBe(4);
});

test('a machine has come where there is a newer one, or the one that was asked for was enrolled again', () => {
  const device = (created_at: string, updated_at = created_at) => ({ created_at, updated_at }) as Device;
  const before = device('2026-03-01T00:00:00Z');
  expect([hasCome('', before, device('2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z')), hasCome('', before, device('2026-03-01T00:00:01Z')), hasCome('', null, before)]).toEqual([false, true, true]);
  expect([hasCome('d', before, before), hasCome('d', before, device('2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z')), hasCome('d', null, null)]).toEqual([false, true, false]);
});
