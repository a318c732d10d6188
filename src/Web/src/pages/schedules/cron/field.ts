/** How one field of a cron expression is written; the same rules as the server's. */
export interface CronField {
  min: number;
  max: number;
  /** After so many values it begins anew, and a range may go over that. */
  cycle: number;
  /** The first stands for `min`. */
  names?: readonly string[];
}

export const fields = {
  second: { min: 0, max: 59, cycle: 60 },
  minute: { min: 0, max: 59, cycle: 60 },
  hour: { min: 0, max: 23, cycle: 24 },
  day: { min: 1, max: 31, cycle: 31 },
  month: { min: 1, max: 12, cycle: 12, names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'] },
  /** 0 and 7 are both Sunday. */
  weekday: { min: 0, max: 7, cycle: 7, names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] },
  year: { min: 1970, max: 2199, cycle: Infinity },
} as const satisfies Record<string, CronField>;

/** The values of a list such as `1,5-9,30/10`, in their order; undefined where it is not understood. */
export function valuesOf(text: string, field: CronField): number[] | undefined {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const some = partOf(part, field);
    if (some === undefined) {
      return undefined;
    }
    some.forEach((value) => values.add(value));
  }
  return [...values].sort((a, b) => a - b);
}

// `*`, `5`, `1-5`, `*/10`, `10-50/5`, `5/15`
function partOf(part: string, field: CronField): number[] | undefined {
  const { min, max, cycle } = field;
  const [range = '', step = '1', ...rest] = part.split('/');
  const by = whole(step);
  const top = cycle === Infinity ? max : min + cycle - 1;
  const [from, to, ...more] = range === '*' || range === '?' ? [min, top] : range.split('-').map((end) => valueOf(end, field));
  if (rest.length > 0 || more.length > 0 || by === undefined || by < 1 || by > max - min || from === undefined || (range.includes('-') && to === undefined)) {
    return undefined;
  }
  const end = to ?? (part.includes('/') ? Math.max(top, from) : from);
  if (end < from && cycle === Infinity) {
    return undefined;
  }
  const span = end >= from ? end - from : end - from + cycle;
  return Array.from({ length: Math.floor(span / by) + 1 }, (_, at) => (cycle === Infinity ? from + at * by : min + ((from - min + at * by) % cycle)));
}

/** A number or a name. */
export function valueOf(text: string, { min, max, names }: CronField): number | undefined {
  const named = names?.indexOf(text.toUpperCase()) ?? -1;
  const value = named >= 0 ? min + named : whole(text);
  return value !== undefined && value >= min && value <= max ? value : undefined;
}

function whole(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
