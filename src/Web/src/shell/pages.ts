import { Bot, CalendarClock, ChartColumn, IdCard, Inbox, LayoutDashboard, ListChecks, MessagesSquare, Server, Settings, Users, type LucideIcon } from 'lucide-react';
import type { Catalogue } from '../i18n/en';

export interface Page {
  to: '/' | '/inbox' | '/tasks' | '/agents' | '/devices' | '/posts' | '/groups' | '/schedules' | '/reports' | '/people' | '/settings';
  word: keyof Catalogue['shell']['nav'];
  icon: LucideIcon;
  /** After "g". */
  key: string;
}

/** The pages that there are, in the order in which they are offered. */
export const pages: readonly Page[] = [
  { to: '/', word: 'overview', icon: LayoutDashboard, key: 'o' },
  { to: '/inbox', word: 'inbox', icon: Inbox, key: 'i' },
  { to: '/tasks', word: 'tasks', icon: ListChecks, key: 't' },
  { to: '/groups', word: 'groups', icon: MessagesSquare, key: 'r' },
  { to: '/agents', word: 'agents', icon: Bot, key: 'a' },
  { to: '/devices', word: 'devices', icon: Server, key: 'd' },
  { to: '/posts', word: 'posts', icon: IdCard, key: 'p' },
  { to: '/schedules', word: 'schedules', icon: CalendarClock, key: 's' },
  { to: '/reports', word: 'reports', icon: ChartColumn, key: 'e' },
  { to: '/people', word: 'people', icon: Users, key: 'u' },
  { to: '/settings', word: 'settings', icon: Settings, key: ',' },
];

export function mayGo(path: string): boolean {
  return pages.some(({ to }) => to === path);
}

export function pageOf(to: Page['to']): Page {
  const page = pages.find((one) => one.to === to);
  if (page === undefined) {
    throw new Error(`There is no page ${to}.`);
  }
  return page;
}
