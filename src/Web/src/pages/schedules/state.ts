import type { components } from '../../api';

/** On, paused, or over: no time of it is left. */
export function stateOf({ enabled, next_at }: Pick<components['schemas']['ScheduleView'], 'enabled' | 'next_at'>): 'on' | 'paused' | 'over' {
  return enabled ? (next_at === null ? 'over' : 'on') : 'paused';
}
