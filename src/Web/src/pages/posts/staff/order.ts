import type { components } from '../../../api';

type CreateAgents = components['schemas']['CreateAgentsRequest'];

export interface Order {
  how: 'count' | 'devices' | 'labels';
  count: number;
  devices: string[];
  labels: string[];
  pattern: string;
}

export const firstOrder: Order = { how: 'count', count: 1, devices: [], labels: [], pattern: '{post}-{n}' };

/** The order in the API's words; undefined while it says nothing yet. */
export function orderOf({ how, count, devices, labels, pattern }: Order): CreateAgents | undefined {
  const name_pattern = pattern.trim() === '' ? {} : { name_pattern: pattern.trim() };
  if (how === 'count') {
    return count >= 1 ? { count, ...name_pattern } : undefined;
  }
  if (how === 'devices') {
    return devices.length > 0 ? { devices, ...name_pattern } : undefined;
  }
  const pairs = labels.map((label) => label.split(/=(.*)/s)).map(([name = '', value = '']) => [name.trim(), value.trim()] as const).filter(([name]) => name !== '');
  return pairs.length > 0 ? { selector: { labels: Object.fromEntries(pairs) }, ...name_pattern } : undefined;
}

/** How many come to each device, those with the most first. */
export function byDevice(agents: readonly { device_id: string; name: string }[]): { device: string; names: string[] }[] {
  const devices = new Map<string, string[]>();
  for (const { device_id, name } of agents) {
    devices.set(device_id, [...(devices.get(device_id) ?? []), name]);
  }
  return [...devices].map(([device, names]) => ({ device, names })).sort((a, b) => b.names.length - a.names.length);
}
