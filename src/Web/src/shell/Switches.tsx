import { SegmentedControl, useMantineColorScheme, VisuallyHidden, type MantineColorScheme } from '@mantine/core';
import { Monitor, Moon, Sun } from 'lucide-react';
import { languages, type Language } from '../i18n/languages';
import { useText, useTexts } from '../i18n/TextProvider';

const themes = [
  ['light', Sun],
  ['dark', Moon],
  ['auto', Monitor],
] as const;

export function ThemeSwitch() {
  const { theme: words } = useText().shell;
  const { colorScheme, setColorScheme } = useMantineColorScheme();

  return (
    <SegmentedControl<MantineColorScheme>
      aria-label={words.label}
      value={colorScheme}
      onChange={setColorScheme}
      data={themes.map(([value, Icon]) => ({
        value,
        label: (
          <span title={words[value]} style={{ display: 'block', lineHeight: 0, padding: '2px 0' }}>
            <Icon size={14} aria-hidden="true" />
            <VisuallyHidden>{words[value]}</VisuallyHidden>
          </span>
        ),
      }))}
    />
  );
}

export function LanguageSwitch() {
  const { language, speak, text } = useTexts();

  return (
    <SegmentedControl<Language>
      aria-label={text.shell.language.label}
      value={language}
      onChange={speak}
      data={Object.entries(languages).map(([value, { name, tag }]) => ({
        value: value as Language,
        label: <span lang={tag}>{name}</span>,
      }))}
    />
  );
}
