import { ActionIcon, Button, Group, Paper, Select, SimpleGrid, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../../i18n/TextProvider';
import form from '../../../parts/Form.module.css';
import { lineOf, partsOf } from '../template';
import type { SectionProps } from './section';

const runners = ['claude', 'codex', 'opencode', 'openclaw', 'acp', 'command'] as const;

/** Which program does the work, and with which model. */
export function RunnerFields({ template, onChange, wrong }: SectionProps) {
  const { form: words } = useText().posts;
  const provider = template.provider ?? { name: null };
  const fallbacks = provider.fallbacks ?? [];
  const setProvider = (change: Partial<typeof provider>) => { onChange({ provider: { ...provider, ...change } }); };
  const isOwn = template.runner === 'acp' || template.runner === 'command';
  return (
    <Paper component="section" className={form.fields} aria-label={words.program}>
      <h2>{words.program}</h2>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        <Select
          label={words.runner}
          placeholder={words.asProvider}
          clearable
          data={runners}
          value={template.runner ?? null}
          error={wrong('runner')}
          onChange={(runner) => { onChange({ runner, ...(runner !== 'acp' && runner !== 'command' && { command: null }) }); }}
        />
        <TextInput label={words.provider} placeholder="claude" value={provider.name ?? ''} error={wrong('provider.name')} onChange={({ currentTarget }) => { setProvider({ name: currentTarget.value }); }} />
        <TextInput label={words.model} value={provider.model ?? ''} error={wrong('provider.model')} onChange={({ currentTarget }) => { setProvider({ model: currentTarget.value }); }} />
      </SimpleGrid>
      {isOwn && <CommandField key={template.runner} command={template.command ?? []} error={wrong('command')} onChange={(command) => { onChange({ command }); }} />}
      {fallbacks.map((fallback, at) => (
        // The order is what a fallback is.
        <Group key={at} gap="xs" align="flex-end" wrap="nowrap">
          <TextInput size="xs" flex={1} label={words.fallback(String(at + 1))} value={fallback.name ?? ''} error={wrong(`provider.fallbacks[${String(at)}].name`)} onChange={({ currentTarget }) => { setProvider({ fallbacks: fallbacks.with(at, { ...fallback, name: currentTarget.value }) }); }} />
          <TextInput size="xs" flex={1} label={words.model} value={fallback.model ?? ''} onChange={({ currentTarget }) => { setProvider({ fallbacks: fallbacks.with(at, { ...fallback, model: currentTarget.value }) }); }} />
          <ActionIcon variant="subtle" color="gray" aria-label={words.takeAway(fallback.name ?? '')} onClick={() => { setProvider({ fallbacks: fallbacks.toSpliced(at, 1) }); }}><X size={14} /></ActionIcon>
        </Group>
      ))}
      <Button size="compact-xs" variant="subtle" color="gray" w="fit-content" leftSection={<Plus size={12} />} onClick={() => { setProvider({ fallbacks: [...fallbacks, { name: '' }] }); }}>{words.addFallback}</Button>
    </Paper>
  );
}

function CommandField({ command, error, onChange }: { command: readonly string[]; error: string | undefined; onChange: (command: string[]) => void }) {
  const { form: words } = useText().posts;
  const [line, setLine] = useState(() => lineOf(command));
  const shown = lineOf(partsOf(line)) === lineOf(command) ? line : lineOf(command);
  return (
    <TextInput
      label={words.command}
      description={words.commandHint}
      placeholder="/bin/sh"
      required
      value={shown}
      error={error}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      onChange={({ currentTarget }) => { setLine(currentTarget.value); onChange(partsOf(currentTarget.value)); }}
    />
  );
}
