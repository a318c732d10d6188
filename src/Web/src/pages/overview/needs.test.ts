import { expect, test } from 'vitest';
import { troubles } from './needs';

test('what is well is not spoken of', () => {
  expect(troubles([{ name: 'posts', status: 'healthy', replicas: [] }], 0, 0)).toEqual([]);
});

test('a part of ours that is down stands before machines, and those before work', () => {
  const services = [{ name: 'posts', status: 'unhealthy' as const, replicas: [] }, { name: 'gateway', status: 'healthy' as const, replicas: [] }];
  expect(troubles(services, 2, 5)).toEqual([{ kind: 'services', names: ['posts'] }, { kind: 'devices', count: 2 }, { kind: 'failed', count: 5 }]);
});
