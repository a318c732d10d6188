import { relativeIn, unitIn } from './formatters';

const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** "3 minutes ago", "in 2 hours"; what was within the last ten seconds is `now`, and what is to come is counted down to it. */
export function relative(at: number, now: number, tag: string, justNow: string): string {
  const seconds = (at - now) / 1000;
  if (seconds > -10 && seconds < 1) {
    return justNow;
  }
  const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  return relativeIn(tag).format(Math.trunc(seconds / size), unit);
}

/** A stretch of time in its two largest parts: "850 ms", "4.2 s", "3 m 12 s", "2 h 5 m", "3 d 4 h". */
export function duration(ms: number, tag: string): string {
  const say = (value: number, unit: string, digits = 0) =>
    unitIn(tag, unit, digits).format(value);
  const seconds = ms / 1000;
  if (seconds < 1) {
    return say(Math.max(0, Math.round(ms)), 'millisecond');
  }
  if (seconds < 60) {
    return say(seconds, 'second', seconds < 10 ? 1 : 0);
  }
  const parts: readonly [string, number][] = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];
  const first = parts.findIndex(([, size]) => seconds >= size);
  return parts
    .slice(first, first + 2)
    .map(([unit, size], index) => say(Math.floor(index === 0 ? seconds / size : (seconds % (parts[first]?.[1] ?? 1)) / size), unit))
    .join(' ');
}

export function bytes(value: number, tag: string): string {
  const names = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const step = Math.min(names.length - 1, value < 1 ? 0 : Math.floor(Math.log(value) / Math.log(1024)));
  return unitIn(tag, names[step] ?? 'byte', step > 1 ? 1 : 0).format(value / 1024 ** step);
}
