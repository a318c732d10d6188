import { expect, test } from 'vitest';
import { layers } from './layers';
import { spans } from './spans';

test('each task lies behind all that it waits for', () => {
  const placed = layers([
    { id: 'ship', before: ['build', 'test'] },
    { id: 'test', before: ['build'] },
    { id: 'build', before: [] },
    { id: 'lint', before: [] },
  ]);
  expect(Object.fromEntries(placed.map(({ id, layer, place }) => [id, [layer, place]]))).toEqual({ ship: [2, 0], test: [1, 0], build: [0, 0], lint: [0, 1] });
});

test('a ring does not trap it', () => {
  expect(layers([{ id: 'a', before: ['b'] }, { id: 'b', before: ['a'] }])).toHaveLength(2);
});

test('attempts lie on one line of time, the last one up to now', () => {
  const at = (seconds: number) => new Date(seconds * 1000).toISOString();
  const all = spans(0, [{ assigned_at: at(10), started_at: at(20), ended_at: at(40) }, { assigned_at: at(50), started_at: null, ended_at: null }], 100_000);
  expect(all).toEqual([
    [{ kind: 'waits', left: 0.1, width: 0.1 }, { kind: 'runs', left: 0.2, width: 0.2 }],
    [{ kind: 'waits', left: 0.5, width: 0.5 }],
  ]);
});
