import { given, oneOf, text } from '../../list/search';

export const statuses = ['online', 'offline'] as const;
export const tabs = ['now', 'agents', 'about'] as const;
export const ranges = { h1: 3_600, h6: 21_600, d1: 86_400, d7: 604_800 } as const;

export type Tab = (typeof tabs)[number];
export type Range = keyof typeof ranges;

export interface DeviceSearch {
  status?: (typeof statuses)[number];
  label?: string;
  q?: string;
  /** The dialog is open. */
  enrol?: true;
}

export function readDeviceSearch(search: Record<string, unknown>): DeviceSearch {
  return given({ status: oneOf(search.status, statuses), label: text(search.label), q: text(search.q), enrol: search.enrol === true ? true : undefined });
}

export function readDetailSearch(search: Record<string, unknown>): { tab?: Tab; range?: Range } {
  return given({ tab: oneOf(search.tab, tabs), range: oneOf(search.range, Object.keys(ranges) as Range[]) });
}
