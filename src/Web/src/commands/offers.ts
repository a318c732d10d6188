import type { LucideIcon } from 'lucide-react';
import type { Catalogue } from '../i18n/en';
import type { Command } from './commands';
import type { Found } from './useFound';

/** A line of the palette. */
export interface Offer {
  key: string;
  heading: string;
  label: string;
  hint?: string;
  icon?: LucideIcon;
  keys?: string;
  run?: () => void;
  href?: string;
}

const order: readonly Command['group'][] = ['page', 'list', 'go', 'app'];

/** What can be done and what was found, by what has been typed; deeds first, those that begin with it before all others. */
export function offers(commands: readonly Command[], found: readonly Found[], q: string, words: Catalogue['commands']): Offer[] {
  const deeds = commands
    .filter((command) => command.quiet !== true && command.when?.() !== false && fit(command.label, q) > 0)
    .sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group) || fit(b.label, q) - fit(a.label, q))
    .map(({ id, label, group, icon, keys, run }) => ({
      key: `command:${id}`,
      heading: words.groups[group],
      label,
      run,
      ...(icon && { icon }),
      ...(keys?.[0] !== undefined && { keys: keys[0] }),
    }));
  const things = found.map(({ kind, id, label, hint, href }) => ({ key: `${kind}:${id}`, heading: words.kinds[kind], label, hint, href }));
  return [...deeds, ...things];
}

/** 0: not at all; every word has to be there, and the label's beginning counts most. */
export function fit(label: string, q: string): number {
  const within = label.toLowerCase();
  const wanted = q.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (!wanted.every((word) => within.includes(word))) {
    return 0;
  }
  return within.startsWith(wanted[0] ?? '') ? 2 : 1;
}
