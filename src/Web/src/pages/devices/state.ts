import type { Device } from './queries';

/** Drained only counts where it would take work otherwise. */
export function stateOf({ status, draining }: { status: string; draining: boolean }): string {
  return draining && status !== 'offline' ? 'draining' : status;
}

/** Whether it came since: one that was asked for by its id may come again, of others only a new one is meant. */
export function hasCome(id: string, before: Device | null, now: Device | null | undefined): now is Device {
  return now != null && (before === null || (id === '' ? now.created_at > before.created_at : now.updated_at !== before.updated_at));
}
