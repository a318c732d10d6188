import type { ServiceHealth } from './health';

export type Trouble =
  | { kind: 'services'; names: readonly string[] }
  | { kind: 'devices'; count: number }
  | { kind: 'failed'; count: number };

/** What does not go as it should, the worst first: a part of ours, then machines, then work. */
export function troubles(services: readonly ServiceHealth[], offline: number, failed: number): Trouble[] {
  const names = services.filter(({ status }) => status !== 'healthy').map(({ name }) => name);
  const all: Trouble[] = [
    { kind: 'services', names },
    { kind: 'devices', count: offline },
    { kind: 'failed', count: failed },
  ];
  return all.filter((trouble) => (trouble.kind === 'services' ? trouble.names.length > 0 : trouble.count > 0));
}
