import { NavLink, Stack } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { BookOpen } from 'lucide-react';
import { useText } from '../i18n/TextProvider';
import { pages } from './pages';
import classes from './Shell.module.css';
import { WaitingCount } from './WaitingCount';

/** `onMove` closes the menu where it covers the page. */
export function Navigation({ onMove }: { onMove: () => void }) {
  const { nav } = useText().shell;
  const { pathname } = useLocation();

  return (
    <Stack gap={2}>
      {pages.map(({ to, word, icon: Icon }) => {
        const here = to === '/' ? pathname === to : pathname === to || pathname.startsWith(`${to}/`);
        return (
          <NavLink
            key={to}
            component={Link}
            to={to}
            className={classes.link}
            active={here}
            aria-current={here ? 'page' : undefined}
            label={nav[word]}
            leftSection={<Icon size={17} />}
            rightSection={to === '/inbox' && <WaitingCount />}
            onClick={onMove}
          />
        );
      })}
      <NavLink href="/docs" className={classes.link} label={nav.docs} leftSection={<BookOpen size={17} />} />
    </Stack>
  );
}
