import { useMemo } from 'react';
import { languages } from '../i18n/languages';
import { useTexts } from '../i18n/TextProvider';
import * as format from './format';
import { clockIn, exactIn, hourIn } from './formatters';
import { useZone } from './zone';

/** Numbers and times as the reader's language writes them, in the time zone that the reader chose. */
export function useFormat() {
  const { language } = useTexts();
  const zone = useZone();
  return useMemo(() => {
    const { tag } = languages[language];
    const whole = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
    const short = new Intl.NumberFormat(tag, { notation: 'compact', maximumFractionDigits: 1 });
    const rough = new Intl.NumberFormat(tag, { maximumFractionDigits: 2 });
    const share = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 });
    const dollars = new Intl.NumberFormat(tag, { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', maximumFractionDigits: 4 });
    const day = new Intl.DateTimeFormat(tag, { month: 'short', day: 'numeric', timeZone: 'UTC' });
    return {
      number: (value: number) => whole.format(value),
      compact: (value: number) => short.format(value),
      percent: (value: number) => share.format(value),
      decimal: (value: number) => rough.format(value),
      dollars: (value: number) => dollars.format(value),
      bytes: (value: number) => format.bytes(value, tag),
      duration: (ms: number) => format.duration(ms, tag),
      exact: (at: number) => exactIn(tag, zone).format(at),
      /** Of a day as reports name it: 2026-03-01. */
      dayMonth: (name: string) => day.format(new Date(`${name}T00:00:00Z`)),
      hour: (at: number) => hourIn(tag, zone).format(at),
      clock: (at: number) => clockIn(tag, zone).format(at),
    };
  }, [language, zone]);
}
