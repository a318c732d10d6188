import { fields, valueOf, valuesOf } from './field';

export type SpecialDay = { is: 'last'; before: number } | { is: 'last workday' } | { is: 'workday near'; day: number };
export type SpecialWeekday = { is: 'last' | 'nth'; nth: number; weekday: number };

/** A cron expression as sets of values. Weekdays are 1 to 7, from Monday on. */
export interface Cron {
  second: readonly number[];
  minute: readonly number[];
  hour: readonly number[];
  days: readonly number[];
  specialDays: readonly SpecialDay[];
  month: readonly number[];
  weekdays: readonly number[];
  specialWeekdays: readonly SpecialWeekday[];
  /** Undefined where every year will do. */
  year: readonly number[] | undefined;
  /** A day of the month or one of the week: either will do. Else both have to hold. */
  isEither: boolean;
}

/** Undefined where it is not understood; what is wrong with it the server says. */
export function readCron(text: string): Cron | undefined {
  const given = text.trim().split(/[ \t]+/);
  const [seconds = '', minutes = '', hours = '', dayText = '', months = '', weekdayText = '', years = '*'] = given.length === 5 ? ['0', ...given] : given;
  if (given.length < 5 || given.length > 7) {
    return undefined;
  }
  const second = valuesOf(seconds, fields.second);
  const minute = valuesOf(minutes, fields.minute);
  const hour = valuesOf(hours, fields.hour);
  const month = valuesOf(months, fields.month);
  const year = valuesOf(years, fields.year);
  const [dayParts, specialDays] = apart(dayText, specialDay);
  const [weekdayParts, specialWeekdays] = apart(weekdayText, specialWeekday);
  const days = dayParts === '' ? [] : valuesOf(dayParts, fields.day);
  const weekdays = weekdayParts === '' ? [] : valuesOf(weekdayParts, fields.weekday);
  if (!second || !minute || !hour || !month || !year || !days || !weekdays) {
    return undefined;
  }
  return {
    second, minute, hour, days, specialDays, month, specialWeekdays,
    weekdays: [...new Set(weekdays.map(fromMonday))].sort((a, b) => a - b),
    year: /^[*?]$/.test(years) ? undefined : year,
    isEither: !/^[*?]/.test(dayText) && !/^[*?]/.test(weekdayText),
  };
}

/** The parts of a list that are numbers as everywhere, and those that only days have. */
function apart<Special>(text: string, read: (part: string) => Special | undefined): [string, Special[]] {
  const parts = text.split(',').map((part) => ({ part, special: read(part.toUpperCase()) }));
  return [parts.filter(({ special }) => special === undefined).map(({ part }) => part).join(','), parts.flatMap(({ special }) => special ?? [])];
}

/** `L` the last day, `L-3` three days before it, `LW` the last working day, `15W` the working day nearest to the 15th. */
function specialDay(part: string): SpecialDay | undefined {
  if (part === 'L') {
    return { is: 'last', before: 0 };
  }
  if (part === 'LW') {
    return { is: 'last workday' };
  }
  const before = part.startsWith('L-') ? valueOf(part.slice(2), fields.day) : undefined;
  if (before !== undefined && before <= 30) {
    return { is: 'last', before };
  }
  const day = part.endsWith('W') ? valueOf(part.slice(0, -1), fields.day) : undefined;
  return day === undefined ? undefined : { is: 'workday near', day };
}

/** `5L` or `FRIL` the last Friday, `5#3` the third one. */
function specialWeekday(part: string): SpecialWeekday | undefined {
  const last = part.endsWith('L') ? valueOf(part.slice(0, -1), fields.weekday) : undefined;
  if (last !== undefined) {
    return { is: 'last', nth: 0, weekday: fromMonday(last) };
  }
  const [name = '', nth = ''] = part.split('#');
  const weekday = /^[1-5]$/.test(nth) && part === `${name}#${nth}` ? valueOf(name, fields.weekday) : undefined;
  return weekday === undefined ? undefined : { is: 'nth', nth: Number(nth), weekday: fromMonday(weekday) };
}

function fromMonday(weekday: number): number {
  return weekday === 0 ? 7 : weekday;
}
