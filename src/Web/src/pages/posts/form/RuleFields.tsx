import { Paper, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useText } from '../../../i18n/TextProvider';
import form from '../../../parts/Form.module.css';
import { Pairs } from './Pairs';
import type { SectionProps } from './section';

type Variable = string | { secret: string };

/** What it may do, and what its programs find around them. */
export function RuleFields({ template, onChange, wrong }: SectionProps) {
  const { form: words } = useText().posts;
  return (
    <Paper component="section" className={form.fields} aria-label={words.rules}>
      <h2>{words.rules}</h2>
      <Pairs<string> label={words.tools} name={words.tool} pairs={template.tools} fresh="ask" error={wrong('tools')} onChange={(tools) => { onChange({ tools }); }}>
        {(rule, set, tool) => (
          <SegmentedControl
            aria-label={`${words.tools}: ${tool}`}
            value={rule}
            data={[{ value: 'allow', label: words.allow }, { value: 'ask', label: words.ask }, { value: 'deny', label: words.deny }]}
            onChange={set}
          />
        )}
      </Pairs>
      <Pairs<Variable> wide label={words.environment} name={words.variable} pairs={template.environment} fresh="" error={wrong('environment')} onChange={(environment) => { onChange({ environment }); }}>
        {(value, set, variable) => (
          <>
            <Select
              size="xs"
              aria-label={`${variable}: ${words.kind}`}
              allowDeselect={false}
              data={[{ value: 'text', label: words.text }, { value: 'secret', label: words.secret }]}
              value={typeof value === 'string' ? 'text' : 'secret'}
              onChange={(kind) => { set(kind === 'secret' ? { secret: variable } : ''); }}
            />
            <TextInput
              size="xs"
              aria-label={`${variable}: ${typeof value === 'string' ? words.value : words.secretName}`}
              placeholder={typeof value === 'string' ? words.value : words.secretName}
              value={typeof value === 'string' ? value : value.secret}
              onChange={({ currentTarget }) => { set(typeof value === 'string' ? currentTarget.value : { secret: currentTarget.value }); }}
            />
          </>
        )}
      </Pairs>
    </Paper>
  );
}
