import { useDisclosure } from '@mantine/hooks';
import { useMantineColorScheme, useComputedColorScheme } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { Keyboard, Languages, Search, SunMoon } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useTexts } from '../i18n/TextProvider';
import { pages } from '../shell/pages';
import { useCommands } from './commands';
import { Keys } from './Keys';
import classes from './CommandBar.module.css';
import { useKeyboard } from './useKeyboard';

const Palette = lazy(() => import('./Palette').then((m) => ({ default: m.Palette })));
const Help = lazy(() => import('./Help').then((m) => ({ default: m.Help })));

/** The button that opens the palette, and what can be done on every page. */
export function CommandBar() {
  const { text, language, speak } = useTexts();
  const { commands: words, shell } = text;
  const router = useRouter();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme();
  const [palette, { open: openPalette, close: closePalette }] = useDisclosure();
  const [help, { open: openHelp, close: closeHelp }] = useDisclosure();

  useKeyboard();
  useCommands([
    ...pages.map(({ to, word, icon, key }) => ({
      id: `go:${to}`,
      label: words.goTo(shell.nav[word]),
      group: 'go' as const,
      keys: [`g ${key}`],
      icon,
      run: () => void router.navigate({ to }),
    })),
    { id: 'palette', label: words.open, group: 'app', keys: ['mod+k'], quiet: true, run: openPalette },
    { id: 'help', label: words.help, group: 'app', keys: ['?'], icon: Keyboard, run: openHelp },
    { id: 'theme', label: words.theme, group: 'app', icon: SunMoon, run: () => { setColorScheme(scheme === 'dark' ? 'light' : 'dark'); } },
    { id: 'language', label: words.language, group: 'app', icon: Languages, run: () => { speak(language === 'en' ? 'zh' : 'en'); } },
  ]);

  return (
    <>
      <button type="button" className={classes.bar} onClick={openPalette}>
        <Search size={15} aria-hidden="true" />
        <span>{words.open}</span>
        <Keys keys="mod+k" />
      </button>
      <Suspense>
        {palette && <Palette onClose={closePalette} />}
        {help && <Help onClose={closeHelp} />}
      </Suspense>
    </>
  );
}
