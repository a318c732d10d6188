import { Paper } from '@mantine/core';
import { useText } from '../../../i18n/TextProvider';
import form from '../../../parts/Form.module.css';
import type { Draft as TaskDraft } from '../../tasks/submit/form';
import { TaskFields as FieldsOfTask } from '../../tasks/submit/TaskFields';

export interface TaskFieldsProps {
  draft: TaskDraft;
  onChange: (draft: TaskDraft) => void;
  fields: Record<string, string[]>;
}

/** The task that is handed in each time, as the form of one task has it. */
export function TaskFields({ draft, onChange, fields }: TaskFieldsProps) {
  const { schedules } = useText();
  const own = Object.fromEntries(Object.entries(fields).flatMap(([field, texts]) => (field.startsWith('task.') ? [[field.slice(5), texts]] : [])));
  return (
    <Paper component="section" className={form.fields} aria-label={schedules.form.task}>
      <h2>{schedules.form.task}</h2>
      <FieldsOfTask isTemplate draft={draft} fields={own} onChange={(change) => { onChange({ ...draft, ...change }); }} />
    </Paper>
  );
}
