import { useMemo } from 'react';
import { languages } from '../i18n/languages';
import { useTexts } from '../i18n/TextProvider';
import * as format from './format';

/** Numbers and times as the reader's language writes them, in the reader's own time zone. */
export function useFormat() {
  const { language } = useTexts();
  return useMemo(() => {
    const { tag } = languages[language];
    const whole = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
    const short = new Intl.NumberFormat(tag, { notation: 'compact', maximumFractionDigits: 1 });
    const rough = new Intl.NumberFormat(tag, { maximumFractionDigits: 2 });
    const share = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 });
    const dollars = new Intl.NumberFormat(tag, { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', maximumFractionDigits: 4 });
    const hours = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    const day = new Intl.DateTimeFormat(tag, { month: 'short', day: 'numeric' });
    return {
      number: (value: number) => whole.format(value),
      compact: (value: number) => short.format(value),
      percent: (value: number) => share.format(value),
      decimal: (value: number) => rough.format(value),
      dollars: (value: number) => dollars.format(value),
      bytes: (value: number) => format.bytes(value, tag),
      duration: (ms: number) => format.duration(ms, tag),
      exact: (at: number) => format.exact(at, tag),
      /** Of a day as reports name it: 2026-03-01. */
      dayMonth: (name: string) => day.format(new Date(`${name}T00:00:00`)),
      hour: (at: number) => hours.format(at),
      clock: (at: number) => format.clock(at, tag),
    };
  }, [language]);
}
