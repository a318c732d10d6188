import { useSyncExternalStore } from 'react';

/** The machine's. */
export const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const key = 'agents.zone';
const listeners = new Set<() => void>();
let chosen: string | null | undefined;

/** What the person chose, where this browser knows it; else the machine's. */
export function pickZone(stored: string | null): string {
  try {
    return stored === null ? browserZone : (new Intl.DateTimeFormat('en', { timeZone: stored }), stored);
  } catch {
    return browserZone;
  }
}

/** In which all times are shown, and where days begin. */
export function zone(): string {
  chosen ??= pickZone(typeof localStorage === 'undefined' ? null : localStorage.getItem(key));
  return chosen;
}

export function useZone(): string {
  return useSyncExternalStore(subscribe, zone);
}

/** Null is the machine's again. */
export function chooseZone(next: string | null): void {
  if (next === null) {
    localStorage.removeItem(key);
  } else {
    localStorage.setItem(key, next);
  }
  chosen = pickZone(next);
  listeners.forEach((tell) => { tell(); });
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
