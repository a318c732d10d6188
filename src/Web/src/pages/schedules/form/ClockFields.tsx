import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useText } from '../../../i18n/TextProvider';
import { zones } from '../../../time/zones';
import type { Draft } from '../draft';
import { useCronWords } from '../useCronWords';

export interface SectionProps {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  fields: Record<string, string[]>;
}

const presets = ['*/10 * * * * *', '0 */5 * * * *', '0 0 * * * *', '0 0 9 * * *', '0 0 9 * * MON-FRI', '0 0 9 ? * 5L', '0 0 9 1 * *'];

export function ClockFields({ draft, onChange, fields }: SectionProps) {
  const { form: words } = useText().schedules;
  const say = useCronWords();
  return (
    <>
      <TextInput
        label={words.cron}
        description={words.cronHint}
        required
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={draft.cron}
        error={fields.cron?.join(' ')}
        onChange={({ currentTarget }) => { onChange({ cron: currentTarget.value }); }}
      />
      <Text size="sm" fw={550} role="status">{say(draft.cron)}</Text>
      <Group gap={6} role="group" aria-label={words.presets}>
        {presets.map((cron) => (
          <Button key={cron} size="compact-xs" variant={cron === draft.cron.trim() ? 'light' : 'default'} aria-pressed={cron === draft.cron.trim()} onClick={() => { onChange({ cron }); }}>
            {say(cron)}
          </Button>
        ))}
      </Group>
      <Select
        label={words.zone}
        searchable
        allowDeselect={false}
        limit={60}
        data={zones.includes(draft.zone) ? zones : [draft.zone, ...zones]}
        value={draft.zone}
        error={fields.time_zone?.join(' ')}
        onChange={(zone) => { if (zone !== null) { onChange({ zone }); } }}
      />
      <Group grow align="flex-start">
        <TextInput type="datetime-local" step={1} label={words.from} description={words.yours} inputWrapperOrder={['label', 'input', 'description', 'error']} value={draft.from} error={fields.start_at?.join(' ')} onChange={({ currentTarget }) => { onChange({ from: currentTarget.value }); }} />
        <TextInput type="datetime-local" step={1} label={words.until} description={words.yours} inputWrapperOrder={['label', 'input', 'description', 'error']} value={draft.until} error={fields.end_at?.join(' ')} onChange={({ currentTarget }) => { onChange({ until: currentTarget.value }); }} />
      </Group>
    </>
  );
}
