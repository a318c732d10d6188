import { expect, test } from 'vitest';
import { byDevice, firstOrder, orderOf } from './order';

test('an order says one thing: how many, on which devices, or by which labels', () => {
  expect(orderOf({ ...firstOrder, count: 5 })).toEqual({ count: 5, name_pattern: '{post}-{n}' });
  expect(orderOf({ ...firstOrder, how: 'devices', devices: ['d'], pattern: ' ' })).toEqual({ devices: ['d'] });
  expect(orderOf({ ...firstOrder, how: 'labels', labels: ['zone=a=b', 'gpu'] })).toEqual({ selector: { labels: { zone: 'a=b', gpu: '' } }, name_pattern: '{post}-{n}' });
  expect(orderOf({ ...firstOrder, how: 'labels' })).toBeUndefined();
});

test('what would be made is shown by device', () => {
  expect(byDevice([{ device_id: 'a', name: '1' }, { device_id: 'b', name: '2' }, { device_id: 'b', name: '3' }])).toEqual([
    { device: 'b', names: ['2', '3'] },
    { device: 'a', names: ['1'] },
  ]);
});
