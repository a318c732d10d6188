import type { components } from '../../api';

export type Status = components['schemas']['HealthState'];
export type ServiceHealth = components['schemas']['ServiceHealth'];

/** One look at one service. */
export interface Check {
  status: Status;
  /** The slowest replica's answer; null where none answered. */
  ms: number | null;
}

export interface ServiceState extends ServiceHealth {
  /** Oldest first, the present one last. */
  checks: Check[];
}

export const remembered = 30;

/** Adds a fresh look to what was seen before; services that are gone are forgotten. */
export function remember(before: readonly ServiceState[], fresh: readonly ServiceHealth[]): ServiceState[] {
  const seen = new Map(before.map((service) => [service.name, service.checks]));
  return fresh.map((service) => ({
    ...service,
    checks: [...(seen.get(service.name) ?? []), check(service)].slice(-remembered),
  }));
}

export function check(service: ServiceHealth): Check {
  const answers = service.replicas.filter((replica) => replica.status !== 'unhealthy').map((r) => r.duration_ms);
  return { status: service.status, ms: answers.length === 0 ? null : Math.max(...answers) };
}

export interface Summary {
  worst: Status;
  attention: string[];
  replicas: number;
  slowest: number | null;
}

const gravity: Record<Status, number> = { healthy: 0, degraded: 1, unhealthy: 2 };

export function summarize(services: readonly ServiceHealth[]): Summary {
  const answers = services.map((service) => check(service).ms).filter((ms) => ms !== null);
  return {
    worst: services.reduce<Status>((worst, { status }) => (gravity[status] > gravity[worst] ? status : worst), 'healthy'),
    attention: services.filter(({ status }) => status !== 'healthy').map(({ name }) => name),
    replicas: services.reduce((sum, { replicas }) => sum + replicas.length, 0),
    slowest: answers.length === 0 ? null : Math.max(...answers),
  };
}

export function milliseconds(ms: number | null): string {
  if (ms === null) {
    return '–';
  }
  return ms < 1 ? '<1 ms' : ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
