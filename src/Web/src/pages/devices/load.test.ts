import { expect, test } from 'vitest';
import { chartOf } from '../../parts/chart';
import { loadOf, stateOf } from './load';
import { readDetailSearch, readDeviceSearch } from './search';

const now = Date.parse('2026-03-01T12:00:00Z');
const figure = (name: string, last: number, at = '2026-03-01T11:59:40Z') => ({ name, last, at, labels: {} });

test('load is shares of the whole', () => {
  expect(loadOf([figure('cpu.usage', 0.25), figure('memory.used', 2), figure('memory.total', 8)], now)).toEqual({ cpu: 0.25, memory: 0.25 });
});

test('old figures are not how it is now', () => {
  expect(loadOf([figure('cpu.usage', 0.25, '2026-03-01T11:50:00Z')], now)).toEqual({ cpu: undefined, memory: undefined });
});

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
