/** The first moment of the day that was so many days ago, where the reader lives. */
export function dayAgo(days: number, now = Date.now()): Date {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() - days);
  return day;
}

/** The days from one moment to another as reports name them: 2026-03-01. */
export function daysBetween(from: Date, to: Date): string[] {
  const days: string[] = [];
  for (const day = new Date(from); day < to && days.length < 400; day.setDate(day.getDate() + 1)) {
    days.push(dayName(day));
  }
  return days;
}

export function dayName(day: Date): string {
  return new Date(day.getTime() - day.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** The first moment of a day of an address, or of the one after it. */
export function startOf(name: string, plusDays = 0): Date {
  const day = new Date(`${name}T00:00:00`);
  day.setDate(day.getDate() + plusDays);
  return day;
}

