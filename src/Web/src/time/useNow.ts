import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    listeners.forEach((tick) => {
      tick();
    });
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** One clock for the page. With a step it moves only when that many milliseconds are over, so that rows are not drawn for nothing. */
export function useNow(step = 1_000): number {
  return useSyncExternalStore(subscribe, () => Math.floor((listeners.size === 0 ? Date.now() : now) / step) * step);
}
