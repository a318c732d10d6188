import type { Catalogue } from '../../../i18n/en';
import type { Cron, SpecialDay, SpecialWeekday } from './cron';
import { isAll, runsOf, stepOf, stepOfDays, type Run } from './sets';

/** A cron expression as one would say it. Nothing of it is left out, so that what is read is what will be. */
export function sayCron(cron: Cron, words: Catalogue['cron'], tag: string): string {
  const say = new Phrases(words, tag);
  const time = timeOf(cron, say);
  const days = daysOf(cron, say) ?? (time.isAt ? [words.everyDay] : []);
  const month = isAll(cron.month, 1, 12) ? [] : [words.inMonths(say.values(cron.month, 1, 12, say.month))];
  const year = cron.year === undefined ? [] : [words.inYears(say.values(cron.year, undefined, undefined, String))];
  const all = [...time.clauses, ...days, ...month, ...year];
  // Chinese goes from the large to the small.
  const sentence = tag.startsWith('zh') ? [...year, ...month, ...days, ...time.clauses].join('，') : all.join(', ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

class Phrases {
  readonly words: Catalogue['cron'];
  readonly #tag: string;

  constructor(words: Catalogue['cron'], tag: string) {
    this.words = words;
    this.#tag = tag;
  }

  list = (parts: readonly string[]) => new Intl.ListFormat(this.#tag, { type: 'conjunction' }).format(parts);
  // 1 January 2024 was a Monday.
  weekday = (day: number) => new Intl.DateTimeFormat(this.#tag, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, day));
  month = (month: number) => new Intl.DateTimeFormat(this.#tag, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, month - 1, 1));

  /** Three and more in a row are a range. */
  values(values: readonly number[], min: number | undefined, max: number | undefined, name: (value: number) => string): string {
    const length = ([from, to]: Run) => (to >= from ? to - from : to - from + (max ?? 0) - (min ?? 0) + 1) + 1;
    return this.list(
      runsOf(values, min, max).flatMap((run) =>
        length(run) > 2 ? [this.words.range(name(run[0]), name(run[1]))] : run[0] === run[1] ? [name(run[0])] : [name(run[0]), name(run[1])],
      ),
    );
  }

  numbers = (values: readonly number[]) => this.values(values, undefined, undefined, String);
}

function timeOf({ second, minute, hour }: Cron, say: Phrases): { clauses: string[]; isAt: boolean } {
  const { words } = say;
  const [s = 0, m = 0, h = 0] = [second[0], minute[0], hour[0]];
  if (second.length * minute.length * hour.length <= 6) {
    return { clauses: [words.at(say.list(hour.flatMap((at) => minute.flatMap((min) => second.map((sec) => clock(at, min, sec))))))], isAt: true };
  }
  if (second.length === 1 && minute.length === 1) {
    const hours = stepOf(hour, 0, 24);
    const runs = runsOf(hour, 0, 23);
    if (isAll(hour, 0, 23)) {
      return { clauses: [words.everyHour, ...(m === 0 && s === 0 ? [] : [words.atMinutes(say.numbers(minute))]), ...(s === 0 ? [] : [words.atSeconds(say.numbers(second))])], isAt: false };
    }
    if (hours !== undefined) {
      return { clauses: [words.everyHours(String(hours), clock(h, m, s))], isAt: false };
    }
    return runs.length === 1 && runs[0] !== undefined
      ? { clauses: [words.hourly(clock(runs[0][0], m, s), clock(runs[0][1], m, s))], isAt: false }
      : { clauses: [words.at(say.list(hour.map((at) => clock(at, m, s))))], isAt: true };
  }
  return { clauses: [...often(second, minute, isAll(hour, 0, 23), say), ...within(hour, say)], isAt: false };
}

/** Many times in an hour. */
function often(second: readonly number[], minute: readonly number[], isEveryHour: boolean, say: Phrases): string[] {
  const { words } = say;
  const minutes = stepOf(minute, 0, 60);
  const atMinutes = [words.atMinutes(say.numbers(minute)), ...(isEveryHour ? [words.everyHour] : [])];
  if (second.length === 1) {
    const atSecond = second[0] === 0 ? [] : [words.atSeconds(say.numbers(second))];
    return [...(isAll(minute, 0, 59) ? [words.everyMinute] : minutes !== undefined ? [words.everyMinutes(String(minutes))] : atMinutes), ...atSecond];
  }
  const seconds = stepOf(second, 0, 60);
  if (isAll(minute, 0, 59)) {
    return isAll(second, 0, 59) ? [words.everySecond] : seconds !== undefined ? [words.everySeconds(String(seconds))] : [words.atSeconds(say.numbers(second)), words.everyMinute];
  }
  return [isAll(second, 0, 59) ? words.everySecond : seconds !== undefined ? words.everySeconds(String(seconds)) : words.atSeconds(say.numbers(second)), ...atMinutes];
}

function within(hour: readonly number[], say: Phrases): string[] {
  const runs = runsOf(hour, 0, 23);
  if (isAll(hour, 0, 23)) {
    return [];
  }
  return runs.length > 3 ? [say.words.inHours(say.numbers(hour))] : [say.list(runs.map(([from, to]) => say.words.between(clock(from, 0, 0), clock(to, 59, 0))))];
}

/** Undefined where every day will do. */
function daysOf({ days, specialDays, weekdays, specialWeekdays, isEither }: Cron, say: Phrases): string[] | undefined {
  const { words } = say;
  const byDay = days.length > 0 && isAll(days, 1, 31) ? [] : [...(days.length === 0 ? [] : [ofMonth(days, say)]), ...specialDays.map((day) => special(day, say))];
  const byWeekday = weekdays.length > 0 && isAll(weekdays, 1, 7)
    ? []
    : [...(weekdays.length === 0 ? [] : [say.values(weekdays, 1, 7, say.weekday)]), ...specialWeekdays.map((day) => specialOfWeek(day, say))];
  const parts = [byDay, byWeekday].filter((part) => part.length > 0).map((part) => say.list(part));
  const isAny = (isEither && parts.length < 2) || parts.length === 0;
  return isAny ? undefined : isEither ? [words.either(parts[0] ?? '', parts[1] ?? '')] : parts;
}

function ofMonth(days: readonly number[], say: Phrases): string {
  const step = stepOfDays(days);
  return step === undefined ? say.words.onDays(say.numbers(days)) : say.words.everyDays(String(step), String(days[0]));
}

function special(day: SpecialDay, { words }: Phrases): string {
  switch (day.is) {
    case 'last':
      return day.before === 0 ? words.lastDay : words.beforeLast(String(day.before));
    case 'last workday':
      return words.lastWorkday;
    case 'workday near':
      return words.workdayNear(String(day.day));
  }
}

function specialOfWeek({ is, nth, weekday }: SpecialWeekday, { words, weekday: name }: Phrases): string {
  const ordinals: Record<number, string | undefined> = words.ordinals;
  return is === 'last' ? words.lastOf(name(weekday)) : words.nthOf(ordinals[nth] ?? String(nth), name(weekday));
}

function clock(hour: number, minute: number, second: number): string {
  return [hour, minute, ...(second === 0 ? [] : [second])].map((part) => String(part).padStart(2, '0')).join(':');
}
