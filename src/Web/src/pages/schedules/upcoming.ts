import { wallOf } from '../../time/wall';
import { zone } from '../../time/zone';

const soonest = 1_000;
const latest = 3_600_000;
const grace = 400;

/** How long until the first of these times has come and something can be seen of it; false where there is none. */
export function msUntil(times: readonly (string | null | undefined)[], now = Date.now()): number | false {
  const waits = times.flatMap((at) => (at === null || at === undefined ? [] : [Date.parse(at) - now + grace]));
  return waits.length === 0 ? false : Math.min(latest, Math.max(soonest, Math.min(...waits)));
}

/** A time as the clocks of a zone show it, said like 2026-03-01T09:00:00+01:00. The year stands there only where it is another one. */
export function wallClock(local: string, tag: string, now = Date.now()): string {
  const shown = Date.parse(`${local.slice(0, 19)}Z`);
  const isThisYear = local.startsWith(`${String(new Date(now).getFullYear())}-`);
  return Number.isNaN(shown)
    ? local
    : new Intl.DateTimeFormat(tag, {
        timeZone: 'UTC', weekday: 'short', month: 'short', day: 'numeric', ...(!isThisYear && { year: 'numeric' }), hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
      }).format(shown);
}

/** The reader's own clock at a moment, in the same way. */
export function ownClock(at: string, tag: string): string {
  return wallClock(wallOf(Date.parse(at), zone()), tag);
}
