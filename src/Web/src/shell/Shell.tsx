import { AppShell, Burger, Group, Stack } from '@mantine/core';
import { useDisclosure, useNetwork } from '@mantine/hooks';
import { Outlet } from '@tanstack/react-router';
import { WifiOff } from 'lucide-react';
import { CommandBar } from '../commands/CommandBar';
import { Toasts } from '../feedback/Toasts';
import { useText } from '../i18n/TextProvider';
import { LiveProvider, useLiveState } from '../live/LiveProvider';
import { useLiveCaches } from '../live/useLiveCaches';
import { Account } from './Account';
import { Logo } from './Logo';
import { Navigation } from './Navigation';
import classes from './Shell.module.css';
import { LanguageSwitch, ThemeSwitch } from './Switches';

/** The frame around every page of somebody who is signed in. */
export function Shell() {
  return (
    <LiveProvider>
      <Frame />
    </LiveProvider>
  );
}

function Frame() {
  const text = useText().shell;
  const { online } = useNetwork();
  const [open, menu] = useDisclosure();
  const cutOff = useLiveState() === 'waiting';
  useLiveCaches();

  return (
    <AppShell
      className={classes.shell}
      header={{ height: { base: 52, sm: 0 } }}
      navbar={{ width: 244, breakpoint: 'sm', collapsed: { mobile: !open } }}
      padding={0}
      transitionDuration={120}
    >
      <a className={classes.skip} href="#main">
        {text.skip}
      </a>

      <AppShell.Header hiddenFrom="sm" px="md" className={classes.header}>
        <Group h="100%" justify="space-between">
          <Logo />
          <Burger
            size="sm"
            opened={open}
            onClick={menu.toggle}
            aria-expanded={open}
            aria-label={open ? text.closeNavigation : text.openNavigation}
          />
        </Group>
      </AppShell.Header>

      <AppShell.Navbar className={classes.navbar} aria-label={text.navigation}>
        <div className={classes.brand}>
          <Logo />
        </div>
        <CommandBar />
        <Navigation onMove={menu.close} />
        <Stack gap="md" mt="auto">
          <Group justify="space-between" wrap="nowrap">
            <ThemeSwitch />
            <LanguageSwitch />
          </Group>
          <Account />
        </Stack>
      </AppShell.Navbar>

      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        {(!online || cutOff) && (
          <div className={classes.offline} role="status">
            <WifiOff size={15} aria-hidden="true" />
            {online ? text.cutOff : text.offline}
          </div>
        )}
        <div className={classes.page}>
          <Outlet />
        </div>
      </AppShell.Main>
      <Toasts />
    </AppShell>
  );
}
