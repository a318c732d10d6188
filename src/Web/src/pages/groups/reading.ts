/** As many are mounted, however many are known. */
export const most = 120;
const step = 40;

export interface Span {
  from: number;
  to: number;
}

/** What of a log is there: up to the one that is last, or the newest ones. */
export function spanOf(count: number, last: number): Span {
  const to = last < 0 ? count : Math.max(Math.min(most, count), last + 1);
  return { from: Math.max(0, to - most), to };
}

/** The one that is last after a step up or down; -1 for the newest. */
export function stepped(count: number, { from, to }: Span, way: 'up' | 'down'): number {
  const next = way === 'up' ? to - Math.min(step, from) : to + step;
  return next >= count ? -1 : next - 1;
}
