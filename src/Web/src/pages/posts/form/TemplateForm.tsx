import { Paper, SegmentedControl, Skeleton, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../../i18n/TextProvider';
import { Copied } from '../../../parts/Copied';
import form from '../../../parts/Form.module.css';
import classes from '../Posts.module.css';
import { yamlQuery, type Template } from '../queries';
import { readTemplate, writeTemplate } from '../template';
import { LimitFields } from './LimitFields';
import { PlaceFields } from './PlaceFields';
import { RuleFields } from './RuleFields';
import { RunnerFields } from './RunnerFields';
import { WhoFields } from './WhoFields';

export interface Draft {
  name: string;
  description: string;
  template: Template;
}

export interface TemplateFormProps {
  draft: Draft;
  onChange: (draft: Draft) => void;
  fields: Record<string, string[]>;
  /** What is stored, to be read as YAML. */
  stored?: { id: string; version: number };
}

/** The post by its fields, and beside them the whole of it as text: a change of the one is seen in the other. */
export function TemplateForm({ draft, onChange, fields, stored }: TemplateFormProps) {
  const { form: words } = useText().posts;
  const wrong = (path: string) => Object.entries(fields).find(([field]) => field === `template.${path}` || field.startsWith(`template.${path}.`) || field.startsWith(`template.${path}[`))?.[1].join(' ');
  const set = (change: Partial<Template>) => { onChange({ ...draft, template: { ...draft.template, ...change } }); };
  const section = { template: draft.template, onChange: set, wrong };
  return (
    <div className={form.sides}>
      <div>
        <Paper component="section" className={form.fields} aria-label={words.what}>
          <TextInput label={words.name} required maxLength={100} value={draft.name} error={fields.name?.join(' ')} onChange={({ currentTarget }) => { onChange({ ...draft, name: currentTarget.value }); }} />
          <TextInput label={words.description} value={draft.description} error={fields.description?.join(' ')} onChange={({ currentTarget }) => { onChange({ ...draft, description: currentTarget.value }); }} />
        </Paper>
        <WhoFields {...section} />
        <RunnerFields {...section} />
        <RuleFields {...section} />
        <LimitFields {...section} />
        <PlaceFields {...section} />
      </div>
      <Raw template={draft.template} onChange={(template) => { onChange({ ...draft, template }); }} {...(stored && { stored })} />
    </div>
  );
}

function Raw({ template, onChange, stored }: { template: Template; onChange: (template: Template) => void; stored?: { id: string; version: number } }) {
  const { form: words } = useText().posts;
  const [as, setAs] = useState<'json' | 'yaml'>('json');
  const [typed, setTyped] = useState<string>();
  const whole = writeTemplate(template);
  const isJson = typed === undefined || readTemplate(typed) !== undefined;
  return (
    <Stack gap={8} className={classes.raw ?? ''}>
      {stored && <SegmentedControl aria-label={words.raw} value={as} data={[{ value: 'json', label: 'JSON' }, { value: 'yaml', label: words.yaml }]} onChange={setAs} w="fit-content" />}
      {as === 'yaml' && stored ? (
        <Yaml {...stored} />
      ) : (
        <Textarea
          aria-label={words.raw}
          autosize
          minRows={18}
          maxRows={36}
          spellCheck={false}
          value={typed ?? whole}
          error={isJson ? undefined : words.notJson}
          onBlur={() => { if (isJson) { setTyped(undefined); } }}
          onChange={({ currentTarget: { value } }) => {
            setTyped(value);
            const read = readTemplate(value);
            if (read !== undefined) {
              onChange(read);
            }
          }}
        />
      )}
    </Stack>
  );
}

function Yaml({ id, version }: { id: string; version: number }) {
  const { form: words } = useText().posts;
  const yaml = useQuery(yamlQuery(id, version));
  if (yaml.data === undefined) {
    return <Skeleton height={300} radius="md" />;
  }
  return (
    <div style={{ position: 'relative' }}>
      {/* What scrolls has to be reached by the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} role="region" aria-label={words.yaml}>{yaml.data}</pre>
      <div style={{ position: 'absolute', top: 6, right: 6 }}><Copied value={yaml.data} what={words.yaml} /></div>
    </div>
  );
}
