import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface Command {
  /** One of a kind on a page: the later one of two with the same id counts. */
  id: string;
  label: string;
  group: 'go' | 'list' | 'page' | 'app';
  /** "c", "g t", "mod+k"; several ways are several entries. */
  keys?: readonly string[];
  icon?: LucideIcon;
  /** Only by its key, not worth a line in the palette. */
  quiet?: boolean;
  /** False where it is not possible just now; then the key is left to the browser. */
  when?: () => boolean;
  run: () => void;
}

const sets = new Map<object, readonly Command[]>();
const listeners = new Set<() => void>();
let all: readonly Command[] = [];

function changed(): void {
  all = [...new Map([...sets.values()].flat().map((command) => [command.id, command])).values()];
  listeners.forEach((listener) => {
    listener();
  });
}

export function allCommands(): readonly Command[] {
  return all;
}

/** What can be done while this component is shown: by key, in the palette (Ctrl+K) and in the help (?). */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  const shape = commands.map(({ id, label, keys }) => `${id}:${label}:${keys?.join() ?? ''}`).join('|');

  useEffect(() => {
    latest.current = commands;
  });

  useEffect(() => {
    const owner = {};
    const find = (id: string) => latest.current.find((command) => command.id === id);
    sets.set(
      owner,
      latest.current.map((command) => ({
        ...command,
        when: () => find(command.id)?.when?.() ?? true,
        run: () => find(command.id)?.run(),
      })),
    );
    changed();
    return () => {
      sets.delete(owner);
      changed();
    };
  }, [shape]);
}

export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => all,
  );
}
