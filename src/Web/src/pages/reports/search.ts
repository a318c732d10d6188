import { day, given, oneOf, text } from '../../list/search';
import { dayAgo, dayName, startOf } from '../../reports/days';

export const groups = ['post', 'agent', 'device', 'type', 'day'] as const;
export const ranges = ['1d', '7d', '30d', '90d', 'dates'] as const;

/** What the address holds. Days, where they are given, are whole ones where the reader lives. */
export interface ReportSearch {
  by?: (typeof groups)[number];
  range?: (typeof ranges)[number];
  from?: string;
  to?: string;
  post?: string;
  agent?: string;
  device?: string;
}

export function readReportSearch(search: Record<string, unknown>): ReportSearch {
  const range = oneOf(search.range, ranges);
  const dates = range === 'dates' ? { from: day(search.from), to: day(search.to) } : {};
  return given({ by: oneOf(search.by, groups), range, ...dates, post: text(search.post), agent: text(search.agent), device: text(search.device) });
}

/** So many days at most, so that each has room and no day of the year comes twice. */
const longest = 365;

export interface Span {
  from: Date;
  /** Its first moment is not counted any more. */
  to: Date;
  /** It goes on: there is no end to be asked for. */
  isOpen: boolean;
}

/** The time that is asked for, in whole days. What is wrong with it is set right: it never ends before it begins. */
export function spanOf({ range = '7d', from, to }: ReportSearch, now = Date.now()): Span {
  const tomorrow = dayAgo(-1, now);
  if (range !== 'dates') {
    return { from: dayAgo(Number.parseInt(range) - 1, now), to: tomorrow, isOpen: true };
  }
  const end = to === undefined || startOf(to) >= tomorrow ? tomorrow : startOf(to, 1);
  const wanted = from === undefined ? dayBefore(end, 7) : startOf(from);
  const begin = [wanted < end ? wanted : dayBefore(end, 1), dayBefore(end, longest)].reduce((a, b) => (a > b ? a : b));
  return { from: begin, to: end, isOpen: end >= tomorrow };
}

export function datesOf({ from, to }: Span): { from: string; to: string } {
  return { from: dayName(from), to: dayName(dayBefore(to, 1)) };
}

/** The same question for the API, but for what it is grouped by. */
export function wishOf({ post, agent, device }: ReportSearch, { from, to, isOpen }: Span) {
  return { from: from.toISOString(), ...given({ to: isOpen ? undefined : to.toISOString(), post_id: post, agent_id: agent, device_id: device }) };
}

function dayBefore(moment: Date, days: number): Date {
  return startOf(dayName(moment), -days);
}
