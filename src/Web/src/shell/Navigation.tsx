import { NavLink, Stack } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { BookOpen, LayoutDashboard } from 'lucide-react';
import { useText } from '../i18n/TextProvider';
import classes from './Shell.module.css';

/** `onMove` closes the menu where it covers the page. */
export function Navigation({ onMove }: { onMove: () => void }) {
  const { nav } = useText();
  const { pathname } = useLocation();

  return (
    <Stack gap={2}>
      <NavLink
        component={Link}
        to="/"
        className={classes.link}
        active={pathname === '/'}
        aria-current={pathname === '/' ? 'page' : undefined}
        label={nav.overview}
        leftSection={<LayoutDashboard size={17} />}
        onClick={onMove}
      />
      <NavLink
        href="/docs"
        className={classes.link}
        label={nav.docs}
        leftSection={<BookOpen size={17} />}
      />
    </Stack>
  );
}
