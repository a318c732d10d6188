import { Button, Group, Paper, SegmentedControl, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ChevronDown } from 'lucide-react';
import { useText } from '../../../i18n/TextProvider';
import { AgentPicker, PostPicker } from '../../../names/Picker';
import form from '../../../parts/Form.module.css';
import { faultsOf, priorities, type Draft as TaskDraft } from '../../tasks/submit/form';
import { MoreFields } from '../../tasks/submit/MoreFields';

export interface TaskFieldsProps {
  draft: TaskDraft;
  onChange: (draft: TaskDraft) => void;
  fields: Record<string, string[]>;
}

/** The task that is handed in each time, as the form of one task has it. */
export function TaskFields({ draft, onChange, fields }: TaskFieldsProps) {
  const { schedules, submit: words } = useText();
  const own = Object.fromEntries(Object.entries(fields).flatMap(([field, texts]) => (field.startsWith('task.') ? [[field.slice(5), texts]] : [])));
  const isRare = ['labels', 'input', 'capabilities', 'timeout', 'attempts', 'type'].some((field) => draft[field as keyof TaskDraft] !== '');
  const [showMore, { toggle }] = useDisclosure(isRare);
  const set = (change: Partial<TaskDraft>) => { onChange({ ...draft, ...change }); };
  return (
    <Paper component="section" className={form.fields} aria-label={schedules.form.task}>
      <h2>{schedules.form.task}</h2>
      <Group grow align="flex-start">
        <PostPicker label={words.post} value={draft.post} error={own.post_id?.[0]} onChange={(post) => { set({ post }); }} />
        <AgentPicker label={words.agent} value={draft.agent} error={own.agent_id?.[0]} onChange={(agent) => { set({ agent }); }} />
      </Group>
      {draft.post === undefined && draft.agent === undefined && <Text size="xs" c="dimmed">{words.anybody}</Text>}
      <Textarea
        label={words.prompt}
        description={words.promptHint}
        autosize
        minRows={3}
        maxRows={24}
        value={draft.prompt}
        error={own.prompt?.[0]}
        onChange={({ currentTarget }) => { set({ prompt: currentTarget.value }); }}
      />
      <Group justify="space-between">
        <SegmentedControl aria-label={words.priority} value={draft.priority} data={priorities.map((value) => ({ value, label: words.priorities[value] }))} onChange={(priority) => { set({ priority }); }} />
        <Button variant="subtle" color="gray" size="xs" aria-expanded={showMore} rightSection={<ChevronDown size={14} />} onClick={toggle}>{words.more}</Button>
      </Group>
      {showMore && <MoreFields isTemplate draft={draft} faults={faultsOf(draft)} fields={own} onChange={set} />}
    </Paper>
  );
}
