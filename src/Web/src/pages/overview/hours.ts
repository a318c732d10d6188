import type { WorkFigures } from '../../reports/queries';
import { aheadOf } from '../../time/wall';
import { zone } from '../../time/zone';

const hour = 3_600_000;

/** As far back as the page looks. */
export const lookBack = 24;

export interface Hour {
  at: number;
  done: number;
  failed: number;
}

/** The first moment of the oldest of the hours that are shown, the present one among them. */
export function firstHour(now: number, where = zone()): number {
  // There are zones whose hours begin at half past of others'.
  const ahead = aheadOf(now, where) % hour;
  return (Math.floor((now + ahead) / hour) - lookBack + 1) * hour - ahead;
}

/** Every hour, also those in which nothing ended: reports leave them out. */
export function hoursOf(items: readonly Pick<WorkFigures, 'key' | 'done' | 'failed'>[], now: number): Hour[] {
  const told = new Map(items.map((figures) => [Date.parse(figures.key ?? ''), figures]));
  const first = firstHour(now);
  return Array.from({ length: lookBack }, (_, place) => {
    const at = first + place * hour;
    const figures = told.get(at);
    return { at, done: figures?.done ?? 0, failed: figures?.failed ?? 0 };
  });
}
