import { Button, Group, SegmentedControl, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ChevronDown } from 'lucide-react';
import { useText } from '../../../i18n/TextProvider';
import { AgentPicker, PostPicker } from '../../../names/Picker';
import { faultsOf, priorities, type Draft } from './form';
import { MoreFields } from './MoreFields';
import { PostAbout } from './PostAbout';

export interface TaskFieldsProps {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  fields: Record<string, string[]>;
  /** A task that is handed in again and again: it has no time of its own. */
  isTemplate?: boolean;
  /** Said elsewhere: several work on it. */
  isGathered?: boolean;
}

const rare = ['labels', 'input', 'capabilities', 'timeout', 'attempts', 'type'] as const;

/** Who is to do what, and how soon; the rest opens for who wants it. Ctrl+Enter sends. */
export function TaskFields({ draft, onChange, fields, isTemplate = false, isGathered = false }: TaskFieldsProps) {
  const { submit: words } = useText();
  const [showMore, { toggle }] = useDisclosure(rare.some((field) => draft[field] !== ''));
  return (
    <>
      <Group grow align="flex-start">
        <PostPicker label={words.post} value={draft.post} error={fields.post_id?.[0]} onChange={(post) => { onChange({ post }); }} />
        {!isGathered && <AgentPicker label={words.agent} value={draft.agent} error={fields.agent_id?.[0]} onChange={(agent) => { onChange({ agent }); }} />}
      </Group>
      {draft.post === undefined && draft.agent === undefined && !isGathered && <Text size="xs" c="dimmed">{words.anybody}</Text>}
      {draft.post !== undefined && <PostAbout id={draft.post} />}
      <Textarea
        label={words.prompt}
        description={words.promptHint}
        autosize
        minRows={isTemplate ? 3 : 5}
        maxRows={24}
        value={draft.prompt}
        error={fields.prompt?.[0]}
        data-autofocus
        onChange={({ currentTarget }) => { onChange({ prompt: currentTarget.value }); }}
        onKeyDown={({ key, ctrlKey, metaKey, currentTarget }) => {
          if (key === 'Enter' && (ctrlKey || metaKey)) {
            currentTarget.form?.requestSubmit();
          }
        }}
      />
      <Group justify="space-between">
        <SegmentedControl aria-label={words.priority} value={draft.priority} data={priorities.map((value) => ({ value, label: words.priorities[value] }))} onChange={(priority) => { onChange({ priority }); }} />
        <Button variant="subtle" color="gray" size="xs" aria-expanded={showMore} rightSection={<ChevronDown size={14} />} onClick={toggle}>{words.more}</Button>
      </Group>
      {showMore && <MoreFields isTemplate={isTemplate} draft={draft} faults={faultsOf(draft)} fields={fields} onChange={onChange} />}
    </>
  );
}
