import { daysBetween } from '../../reports/days';
import type { WorkFigures } from '../../reports/queries';
import type { Span } from './search';

export interface Place {
  word: string;
  figures: WorkFigures | undefined;
}

const hour = 3_600_000;

/** A day is shown hour by hour, and more than that day by day. */
export function isByHour({ from, to }: Span): boolean {
  return to.getTime() - from.getTime() <= 25 * hour;
}

/** What stands beneath a chart from left to right: every hour or day of the time, also those in which nothing ended. */
export function placesOf(span: Span, items: readonly WorkFigures[], say: { day: (name: string) => string; hour: (at: number) => string }): Place[] {
  if (!isByHour(span)) {
    const byDay = new Map(items.map((figures) => [figures.key, figures]));
    return daysBetween(span.from, span.to).map((name) => ({ word: say.day(name), figures: byDay.get(name) }));
  }
  const byHour = new Map(items.map((figures) => [Date.parse(figures.key ?? ''), figures]));
  const places: Place[] = [];
  for (let at = span.from.getTime(); at < span.to.getTime(); at += hour) {
    // Where clocks are put back an hour comes twice.
    const word = say.hour(at);
    places.push({ word: places.at(-1)?.word === word ? `${word}′` : word, figures: byHour.get(at) });
  }
  return places;
}

/** The largest of seconds, minutes, hours and days that there are two of, in seconds: an axis of times is round in these. */
export function unitOf(seconds: number): number {
  return [86_400, 3_600, 60].find((unit) => seconds >= 2 * unit) ?? 1;
}
