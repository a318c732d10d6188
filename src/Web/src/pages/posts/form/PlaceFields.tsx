import { NumberInput, Paper, Select, SimpleGrid, TagsInput, TextInput } from '@mantine/core';
import { useText } from '../../../i18n/TextProvider';
import form from '../../../parts/Form.module.css';
import { Pairs } from './Pairs';
import type { SectionProps } from './section';

/** Where it works, how much at once, and what a mention is to it. */
export function PlaceFields({ template, onChange, wrong }: SectionProps) {
  const { form: words } = useText().posts;
  const requires = template.requires ?? {};
  const working = template.working ?? {};
  return (
    <Paper component="section" className={form.fields} aria-label={words.place}>
      <h2>{words.place}</h2>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <NumberInput label={words.concurrency} min={1} max={100} decimalScale={0} placeholder="1" value={template.concurrency ?? ''} error={wrong('concurrency')} onChange={(value) => { onChange({ concurrency: value === '' ? null : Number(value) }); }} />
        <Select
          label={words.onMention}
          clearable
          placeholder={words.mention.tell}
          data={[{ value: 'tell', label: words.mention.tell }, { value: 'task', label: words.mention.task }]}
          value={template.on_mention ?? null}
          error={wrong('on_mention')}
          onChange={(on_mention) => { onChange({ on_mention }); }}
        />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        <TextInput label={words.folder} value={working.folder ?? ''} error={wrong('working.folder')} onChange={({ currentTarget }) => { onChange({ working: { ...working, folder: currentTarget.value } }); }} />
        <TextInput label={words.repo} value={working.repo ?? ''} error={wrong('working.repo')} onChange={({ currentTarget }) => { onChange({ working: { ...working, repo: currentTarget.value } }); }} />
        <TextInput label={words.ref} value={working.ref ?? ''} error={wrong('working.ref')} onChange={({ currentTarget }) => { onChange({ working: { ...working, ref: currentTarget.value } }); }} />
      </SimpleGrid>
      <TagsInput label={words.capabilities} description={words.capabilitiesHint} value={requires.capabilities ?? []} error={wrong('requires.capabilities')} onChange={(capabilities) => { onChange({ requires: { ...requires, capabilities } }); }} />
      <Pairs<string> label={words.labels} name={words.label} pairs={requires.labels} fresh="" error={wrong('requires.labels')} onChange={(labels) => { onChange({ requires: { ...requires, labels } }); }}>
        {(value, set, label) => <TextInput size="xs" aria-label={`${label}: ${words.value}`} placeholder={words.value} value={value} onChange={({ currentTarget }) => { set(currentTarget.value); }} />}
      </Pairs>
    </Paper>
  );
}
