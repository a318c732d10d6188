import { describe, expect, test } from 'vitest';
import { check, milliseconds, remember, remembered, summarize, type ServiceHealth, type Status } from './health';

function service(name: string, ...replicas: [Status, number][]): ServiceHealth {
  const states = new Set(replicas.map(([status]) => status));
  const status = !states.has('healthy') ? 'unhealthy' : states.size === 1 ? 'healthy' : 'degraded';
  return { name, status, replicas: replicas.map(([state, ms]) => ({ status: state, duration_ms: ms })) };
}

describe('remember', () => {
  test('keeps the latest looks, the present one last', () => {
    let seen = remember([], [service('posts', ['healthy', 0])]);
    for (let ms = 1; ms <= remembered; ms++) {
      seen = remember(seen, [service('posts', ['healthy', ms])]);
    }
    expect(seen[0]?.checks).toHaveLength(remembered);
    expect(seen[0]?.checks.map((look) => look.ms)).toEqual(Array.from({ length: remembered }, (_, i) => i + 1));
  });

  test('follows what is there now: new services start, gone ones are forgotten', () => {
    const before = remember([], [service('posts', ['healthy', 1])]);
    const seen = remember(before, [service('redis', ['healthy', 2])]);
    expect(seen.map(({ name, checks }) => [name, checks.length])).toEqual([['redis', 1]]);
  });
});

test('a service answers as slowly as its slowest replica that answers', () => {
  expect(check(service('posts', ['healthy', 2], ['healthy', 9], ['unhealthy', 2000])).ms).toBe(9);
  expect(check(service('posts', ['unhealthy', 2000])).ms).toBeNull();
});

test('the summary names what needs attention and the worst of it', () => {
  const services = [
    service('gateway', ['healthy', 1]),
    service('posts', ['unhealthy', 2000]),
    service('scheduler', ['healthy', 6], ['unhealthy', 900]),
  ];
  expect(summarize(services)).toEqual({ worst: 'unhealthy', attention: ['posts', 'scheduler'], replicas: 4, slowest: 6 });
  expect(summarize([])).toEqual({ worst: 'healthy', attention: [], replicas: 0, slowest: null });
});

test.each([
  [null, '–'],
  [0.4, '<1 ms'],
  [12.4, '12 ms'],
  [1250, '1.3 s'],
])('milliseconds(%s) reads %s', (ms, expected) => {
  expect(milliseconds(ms)).toBe(expected);
});
