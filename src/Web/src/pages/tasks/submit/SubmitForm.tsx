import { Button, Group, Paper, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { api, ApiError, unwrap } from '../../../api';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { toast } from '../../../feedback/toasts';
import { useText } from '../../../i18n/TextProvider';
import { AgentPicker, PostPicker } from '../../../names/Picker';
import { faultsOf, priorities, requestOf, type Draft } from './form';
import { MoreFields } from './MoreFields';
import { PostAbout } from './PostAbout';
import { Templates } from './Templates';

export function SubmitForm({ initial }: { initial: Draft }) {
  const { submit: words, shell } = useText();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(initial);
  const [showMore, { toggle }] = useDisclosure(initial.labels !== '' || initial.input !== '');
  // The same draft sent twice, by an impatient finger or a lost answer, is one task.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const faults = faultsOf(draft);

  const submit = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/tasks', { body: requestOf(draft), headers: { 'Idempotency-Key': key } })),
    onSuccess: ({ task_id }) => {
      toast(words.done);
      void navigate({ to: '/tasks/$id', params: { id: task_id } });
    },
  });
  const fields = submit.error instanceof ApiError ? submit.error.fields : {};
  const set = (change: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...change }));
    setKey(crypto.randomUUID());
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit.mutate();
      }}
    >
      <Stack gap="md">
        <Templates chosen={draft.post} onChoose={(post) => { set({ post, agent: undefined }); }} />
        <Paper p="lg">
          <Stack gap="md">
            <Group grow align="flex-start">
              <PostPicker label={words.post} value={draft.post} error={fields.post_id?.[0]} onChange={(post) => { set({ post }); }} />
              <AgentPicker label={words.agent} value={draft.agent} error={fields.agent_id?.[0]} onChange={(agent) => { set({ agent }); }} />
            </Group>
            {draft.post === undefined && draft.agent === undefined && <Text size="xs" c="dimmed">{words.anybody}</Text>}
            {draft.post !== undefined && <PostAbout id={draft.post} />}
            <Textarea
              label={words.prompt}
              description={words.promptHint}
              autosize
              minRows={5}
              maxRows={24}
              value={draft.prompt}
              error={fields.prompt?.[0]}
              data-autofocus
              onChange={(event) => { set({ prompt: event.currentTarget.value }); }}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
                  event.currentTarget.form?.requestSubmit();
                }
              }}
            />
            <Group justify="space-between">
              <SegmentedControl
                aria-label={words.priority}
                value={draft.priority}
                data={priorities.map((value) => ({ value, label: words.priorities[value] }))}
                onChange={(priority) => { set({ priority }); }}
              />
              <Button variant="subtle" color="gray" size="xs" aria-expanded={showMore} rightSection={<ChevronDown size={14} />} onClick={toggle}>
                {words.more}
              </Button>
            </Group>
            {showMore && <MoreFields draft={draft} faults={faults} fields={fields} onChange={set} />}
          </Stack>
        </Paper>
        {submit.isError && <FailureAlert error={submit.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => void navigate({ to: '/tasks' })}>
            {shell.cancel}
          </Button>
          <Button type="submit" loading={submit.isPending} disabled={faults.labels || faults.input || (draft.prompt.trim() === '' && draft.input.trim() === '')}>
            {words.deed}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
