import { Group, Textarea, TextInput } from '@mantine/core';
import { useText } from '../../../i18n/TextProvider';
import type { Draft } from './form';

interface MoreFieldsProps {
  draft: Draft;
  faults: { labels: boolean; input: boolean };
  fields: Record<string, string[]>;
  /** For tasks that come again and again: what would differ from one to the next can't be said. */
  isTemplate?: boolean;
  onChange: (change: Partial<Draft>) => void;
}

export function MoreFields({ draft, faults, fields, isTemplate = false, onChange }: MoreFieldsProps) {
  const { submit: words } = useText();
  return (
    <>
      <Group grow align="flex-start">
        <TextInput label={words.type} value={draft.type} error={fields.type?.[0]} onChange={(event) => { onChange({ type: event.currentTarget.value }); }} />
        <TextInput label={words.capabilities} description={words.capabilitiesHint} inputWrapperOrder={['label', 'input', 'description', 'error']} value={draft.capabilities} error={fields['requires.capabilities']?.[0]} onChange={(event) => { onChange({ capabilities: event.currentTarget.value }); }} />
      </Group>
      <Group grow align="flex-start">
        {!isTemplate && <TextInput type="datetime-local" label={words.notBefore} value={draft.notBefore} error={fields.not_before?.[0]} onChange={(event) => { onChange({ notBefore: event.currentTarget.value }); }} />}
        <TextInput type="number" min={1} label={words.timeout} value={draft.timeout} error={fields.timeout?.[0]} onChange={(event) => { onChange({ timeout: event.currentTarget.value }); }} />
        <TextInput type="number" min={1} max={100} label={words.attempts} value={draft.attempts} error={fields.max_attempts?.[0]} onChange={(event) => { onChange({ attempts: event.currentTarget.value }); }} />
      </Group>
      <Group grow align="flex-start">
        <Textarea label={words.labels} description={words.labelsHint} autosize minRows={2} maxRows={8} value={draft.labels} error={faults.labels ? words.labelsWrong : fields.labels?.[0]} onChange={(event) => { onChange({ labels: event.currentTarget.value }); }} />
        {!isTemplate && <Textarea label={words.dependsOn} description={words.dependsOnHint} autosize minRows={2} maxRows={8} value={draft.dependsOn} error={fields.depends_on?.[0]} onChange={(event) => { onChange({ dependsOn: event.currentTarget.value }); }} />}
      </Group>
      <Textarea label={words.input} description={words.inputHint} autosize minRows={2} maxRows={16} value={draft.input} error={faults.input ? words.inputWrong : fields.input?.[0]} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }} onChange={(event) => { onChange({ input: event.currentTarget.value }); }} />
    </>
  );
}
