const day = 86_400_000;
const days = { month: 30, quarter: 90, year: 365, endless: null } as const;

export type Life = keyof typeof days;

/** How long a key may live, the shortest first. */
export const lives = Object.keys(days) as Life[];

/** When it ends, as the API wants it. */
export function endOf(life: Life, now: number): string | null {
  const length = days[life];
  return length === null ? null : new Date(now + length * day).toISOString();
}
