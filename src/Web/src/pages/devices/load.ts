import type { components } from '../../api';

type Figure = components['schemas']['MetricName'];

export interface Load {
  cpu: number | undefined;
  memory: number | undefined;
}

/** Shares of the whole, of the newest figures. What is older than a while is not how it is now. */
export function loadOf(figures: readonly Figure[], now: number): Load {
  const fresh = new Map(figures.filter(({ at }) => now - Date.parse(at) < 120_000).map(({ name, last }) => [name, last]));
  const [used, total] = [fresh.get('memory.used'), fresh.get('memory.total')];
  return { cpu: fresh.get('cpu.usage'), memory: used !== undefined && total !== undefined && total > 0 ? used / total : undefined };
}

/** Drained only counts where it would take work otherwise. */
export function stateOf({ status, draining }: { status: string; draining: boolean }): string {
  return draining && status !== 'offline' ? 'draining' : status;
}
