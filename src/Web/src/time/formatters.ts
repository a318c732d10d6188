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
/** As "2026-03-01 09:00:00". */
export const wallIn = kept((timeZone) => new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }));

const exacts = keptOf({ dateStyle: 'medium', timeStyle: 'long' });
const clocks = keptOf({ timeStyle: 'medium', hourCycle: 'h23' });
const hours = keptOf({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

export const exactIn = (tag: string, zone: string) => exacts(`${tag}|${zone}`);
export const clockIn = (tag: string, zone: string) => clocks(`${tag}|${zone}`);
export const hourIn = (tag: string, zone: string) => hours(`${tag}|${zone}`);

function keptOf(options: Intl.DateTimeFormatOptions) {
  return kept((key) => {
    const [tag, timeZone] = key.split('|');
    return new Intl.DateTimeFormat(tag, { ...options, timeZone });
  });
}

const units = kept((key) => {
  const [tag = 'en', unit = 'second', digits = '0'] = key.split('|');
  return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits: Number(digits) });
});

export function unitIn(tag: string, unit: string, digits: number): Intl.NumberFormat {
  return units(`${tag}|${unit}|${String(digits)}`);
}
