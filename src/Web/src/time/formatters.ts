/** Making a formatter costs far more than using it, and a list uses hundreds. */
function kept<Made>(make: (key: string) => Made): (key: string) => Made {
  const made = new Map<string, Made>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

export const relativeIn = kept((tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto', style: 'short' }));
export const exactIn = kept((tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'long' }));
export const clockIn = kept((tag) => new Intl.DateTimeFormat(tag, { timeStyle: 'medium', hourCycle: 'h23' }));

const units = kept((key) => {
  const [tag = 'en', unit = 'second', digits = '0'] = key.split('|');
  return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits: Number(digits) });
});

export function unitIn(tag: string, unit: string, digits: number): Intl.NumberFormat {
  return units(`${tag}|${unit}|${String(digits)}`);
}
