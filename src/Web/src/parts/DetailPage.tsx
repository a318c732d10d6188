import { Group, Tabs, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useText } from '../i18n/TextProvider';
import { PageTitle } from '../shell/PageTitle';
import type { Page } from '../shell/pages';
import classes from './DetailPage.module.css';

export interface DetailPageProps<Tab extends string> {
  /** The list that it is one of. */
  list: Page;
  title: string;
  badge?: ReactNode;
  /** A line beneath the title: id, where it is, since when. */
  about?: ReactNode;
  actions?: ReactNode;
  /** What has to be said before all tabs: it failed, it waits for somebody. */
  notice?: ReactNode;
  tabs: readonly { value: Tab; label: string; count?: number | undefined; panel: ReactNode }[];
  tab: Tab;
  onTab: (tab: Tab) => void;
}

/** One thing, in tabs; which one is open stands in the address. */
export function DetailPage<Tab extends string>({ list, title, badge, about, actions, notice, tabs, tab, onTab }: DetailPageProps<Tab>) {
  const { shell, parts } = useText();
  const strip = useRef<HTMLDivElement>(null);

  // On a phone there is no room for all of them, and the one that is open may be the last.
  useEffect(() => {
    const box = strip.current;
    const open = box?.querySelector('[aria-selected=true]');
    if (box && open) {
      const [outer, inner] = [box.getBoundingClientRect(), open.getBoundingClientRect()];
      box.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
    }
  }, [tab]);

  return (
    <div className={classes.page}>
      <div>
        <Link to={list.to} className={classes.back} aria-label={parts.back(shell.nav[list.word])}>
          <ChevronLeft size={14} aria-hidden="true" />
          {shell.nav[list.word]}
        </Link>
        <Group justify="space-between" align="flex-start" gap="sm">
          <div className={classes.heading}>
            <PageTitle>{title}</PageTitle>
            {badge}
          </div>
          <Group gap="xs">{actions}</Group>
        </Group>
        {about !== undefined && (
          <Text component="div" size="sm" c="dimmed" className={classes.about}>
            {about}
          </Text>
        )}
      </div>
      {notice}
      <Tabs value={tab} onChange={(next) => { const known = tabs.find(({ value }) => value === next); if (known) { onTab(known.value); } }} keepMounted={false}>
        <Tabs.List ref={strip} aria-label={parts.tabs} className={classes.tabs}>
          {tabs.map(({ value, label, count }) => (
            <Tabs.Tab key={value} value={value}>
              {label}
              {count !== undefined && count > 0 && <span className={classes.count}>{count}</span>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(({ value, panel }) => (
          <Tabs.Panel key={value} value={value} pt="md">
            {panel}
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  );
}
