import { momentOf, wallOf } from '../time/wall';
import { zone } from '../time/zone';

/** The first moment of the day that was so many days ago, where the reader lives. */
export function dayAgo(days: number, now = Date.now()): Date {
  return startOf(dayName(new Date(now)), -days);
}

/** The days from one moment to another as reports name them: 2026-03-01. */
export function daysBetween(from: Date, to: Date): string[] {
  const days: string[] = [];
  for (let name = dayName(from); startOf(name) < to && days.length < 400; name = shifted(name, 1)) {
    days.push(name);
  }
  return days;
}

export function dayName(at: Date): string {
  return wallOf(at.getTime(), zone()).slice(0, 10);
}

/** The first moment of a day of an address, or of one so many days later. */
export function startOf(name: string, plusDays = 0): Date {
  return new Date(momentOf(`${shifted(name, plusDays)}T00:00:00`, zone()));
}

function shifted(name: string, days: number): string {
  const day = new Date(`${name}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}
