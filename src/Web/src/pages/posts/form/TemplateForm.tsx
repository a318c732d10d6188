import { Paper, TextInput } from '@mantine/core';
import { useText } from '../../../i18n/TextProvider';
import form from '../../../parts/Form.module.css';
import type { Template } from '../queries';
import { LimitFields } from './LimitFields';
import { PlaceFields } from './PlaceFields';
import { Raw } from './Raw';
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
}

/** The post by its fields, and beside them the whole of it as text: a change of the one is seen in the other. */
export function TemplateForm({ draft, onChange, fields }: TemplateFormProps) {
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
      <Raw template={draft.template} onChange={(template) => { onChange({ ...draft, template }); }} fields={fields} />
    </div>
  );
}
