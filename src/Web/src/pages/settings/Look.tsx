import { Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/TextProvider';
import { zone } from '../../reports/queries';
import { LanguageSwitch, ThemeSwitch } from '../../shell/Switches';
import { Part } from './Part';

export function Look() {
  const { settings: words, shell } = useText();
  return (
    <Part title={words.look} hint={words.lookHint}>
      <Paper p="md">
        <Stack gap="md">
          <Line name={shell.theme.label}><ThemeSwitch /></Line>
          <Line name={shell.language.label}><LanguageSwitch /></Line>
          <Line name={words.zone} hint={words.zoneHint}><Text size="sm" fw={550}>{zone}</Text></Line>
        </Stack>
      </Paper>
    </Part>
  );
}

function Line({ name, hint, children }: { name: string; hint?: string; children: ReactNode }) {
  return (
    <Group justify="space-between" gap="sm">
      <div style={{ flex: '1 1 200px' }}>
        <Text size="sm">{name}</Text>
        {hint !== undefined && <Text size="xs" c="dimmed">{hint}</Text>}
      </div>
      {children}
    </Group>
  );
}
