import { Group, Paper, Select, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/TextProvider';
import { LanguageSwitch, ThemeSwitch } from '../../shell/Switches';
import { browserZone, chooseZone, useZone } from '../../time/zone';
import { zones } from '../../time/zones';
import { Part } from './Part';

export function Look() {
  const { settings: words, shell } = useText();
  return (
    <Part title={words.look} hint={words.lookHint}>
      <Paper p="md">
        <Stack gap="md">
          <Line name={shell.theme.label}><ThemeSwitch /></Line>
          <Line name={shell.language.label}><LanguageSwitch /></Line>
          <Line name={words.zone} hint={words.zoneHint}><ZoneSwitch /></Line>
        </Stack>
      </Paper>
    </Part>
  );
}

/** Of what is not chosen the machine's own is said. */
function ZoneSwitch() {
  const { settings: words } = useText();
  const zone = useZone();
  return (
    <Select
      aria-label={words.zone}
      w={260}
      searchable
      clearable={zone !== browserZone}
      clearButtonProps={{ 'aria-label': words.zoneOwn(browserZone) }}
      limit={60}
      data={zones.includes(zone) ? zones : [zone, ...zones]}
      value={zone}
      onChange={chooseZone}
    />
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
