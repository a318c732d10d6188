import { useEffect, useState } from 'react';

/** Seconds left until the given moment (milliseconds since 1970), counted down to 0. A new moment wants a new `key`. */
export function useCountdown(until: number): number {
  const [now, setNow] = useState(() => Date.now());
  const left = Math.max(0, Math.ceil((until - now) / 1000));
  const counting = left > 0;

  useEffect(() => {
    if (!counting) {
      return;
    }
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 250);
    return () => {
      clearInterval(timer);
    };
  }, [counting]);

  return left;
}
