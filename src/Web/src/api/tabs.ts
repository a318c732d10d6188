import type { Generation } from './sessionFetch';

const key = 'agents.renewed';

export const renewals: Generation = {
  current: () => localStorage.getItem(key) ?? '',
  advance: () => {
    localStorage.setItem(key, `${String(Date.now())}.${String(performance.now())}`);
  },
};

export async function acrossTabs<T>(work: () => Promise<T>): Promise<T> {
  // Web Locks exist in secure contexts only; without them each tab renews for itself.
  return 'locks' in navigator ? await navigator.locks.request('agents.renew', work) : await work();
}
