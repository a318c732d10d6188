const first = 500;
const longest = 20_000;

/** Milliseconds until the next try: doubled each time, and a different share of it for each tab, so that not all come at once. */
export function pauseBefore(attempt: number, chance = Math.random()): number {
  const whole = Math.min(longest, first * 2 ** Math.min(attempt, 10));
  return whole / 2 + (whole / 2) * chance;
}
