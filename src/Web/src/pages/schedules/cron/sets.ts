export type Run = readonly [from: number, to: number];

export function isAll(values: readonly number[], min: number, max: number): boolean {
  return values.length === max - min + 1;
}

/** Stretches without a gap. One that goes over the end and on at the beginning is one. */
export function runsOf(values: readonly number[], min?: number, max?: number): Run[] {
  const runs: [number, number][] = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === value - 1) {
      last[1] = value;
    } else {
      runs.push([value, value]);
    }
  }
  const [first, end] = [runs[0], runs.at(-1)];
  if (first !== undefined && end !== undefined && first !== end && first[0] === min && end[1] === max) {
    return [...runs.slice(1, -1), [end[0], first[1]]];
  }
  return runs;
}

/** The step, where it comes again and again from the first value on, over the end as well. */
export function stepOf(values: readonly number[], min: number, cycle: number): number | undefined {
  const step = (values[1] ?? 0) - (values[0] ?? 0);
  return values[0] === min && step > 1 && values.length * step === cycle && values.every((value, at) => value === min + at * step) ? step : undefined;
}

/** The step of days, which begin anew with each month. */
export function stepOfDays(days: readonly number[]): number | undefined {
  const step = (days[1] ?? 0) - (days[0] ?? 0);
  return days.length > 3 && step > 1 && days.every((day, at) => day === (days[0] ?? 0) + at * step) && (days.at(-1) ?? 0) + step > 31 ? step : undefined;
}
