import { useSyncExternalStore } from 'react';

export interface Toast {
  id: number;
  text: string;
  /** What went wrong; then it stays until it is taken away. */
  error?: unknown;
}

const most = 4;
const shownFor = 5_000;
const listeners = new Set<() => void>();
let shown: readonly Toast[] = [];
let last = 0;

function show(next: readonly Toast[]): void {
  shown = next;
  listeners.forEach((changed) => {
    changed();
  });
}

/** Says in passing that something was done, or, with an error, that it was not. */
export function toast(text: string, error?: unknown): void {
  const id = ++last;
  show([...shown, { id, text, ...(error !== undefined && { error }) }].slice(-most));
  if (error === undefined) {
    setTimeout(() => {
      dismiss(id);
    }, shownFor);
  }
}

export function dismiss(id: number): void {
  show(shown.filter((one) => one.id !== id));
}

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => shown,
  );
}
