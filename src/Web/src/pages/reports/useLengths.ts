import { useMemo } from 'react';
import { useFormat } from '../../time/useFormat';

/** Figures of reports, which come in seconds and parts of one, and may not be there. */
export function useLengths() {
  const { duration, percent } = useFormat();
  return useMemo(
    () => ({
      length: (seconds: number | null) => (seconds === null ? '–' : duration(seconds * 1_000)),
      /** With nothing behind a whole number of minutes, hours or days. */
      round: (seconds: number) => duration(seconds * 1_000).replace(/ 0\D+$/, ''),
      share: (part: number | null) => (part === null ? '–' : percent(part)),
    }),
    [duration, percent],
  );
}
