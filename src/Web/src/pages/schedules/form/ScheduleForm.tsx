import { Paper, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { ApiError } from '../../../api';
import { useText } from '../../../i18n/TextProvider';
import form from '../../../parts/Form.module.css';
import { clockOf, type Draft } from '../draft';
import { NextTimes } from '../NextTimes';
import { previewQuery } from '../queries';
import classes from '../Schedules.module.css';
import { ClockFields } from './ClockFields';
import { RuleFields } from './RuleFields';
import { TaskFields } from './TaskFields';

export interface ScheduleFormProps {
  draft: Draft;
  onChange: (draft: Draft) => void;
  /** What the server says is wrong, field by field. */
  fields: Record<string, string[]>;
}

/** When, what, and by which rules; beside it, as one types, the times that it comes to. */
export function ScheduleForm({ draft, onChange, fields }: ScheduleFormProps) {
  const { schedules: words } = useText();
  const [clock] = useDebouncedValue(clockOf(draft), 250);
  const preview = useQuery(previewQuery(clock));
  const wrong = { ...fields, ...(preview.error instanceof ApiError && preview.error.fields) };
  const set = (change: Partial<Draft>) => { onChange({ ...draft, ...change }); };
  return (
    <div className={form.sides}>
      <div>
        <Paper component="section" className={form.fields} aria-label={words.form.when}>
          <h2>{words.form.when}</h2>
          <TextInput label={words.form.name} required maxLength={200} value={draft.name} error={fields.name?.join(' ')} onChange={({ currentTarget }) => { set({ name: currentTarget.value }); }} />
          <ClockFields draft={draft} onChange={set} fields={wrong} />
        </Paper>
        <TaskFields draft={draft.task} onChange={(task) => { set({ task }); }} fields={fields} />
        <RuleFields draft={draft} onChange={set} fields={fields} />
      </div>
      <Paper className={classes.next}>
        <Text size="sm" fw={600} mb="sm">{words.times.title}</Text>
        <NextTimes clock={clock} />
      </Paper>
    </div>
  );
}
