import { Button, Group, Paper, Stack, Switch } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ApiError, unwrap } from '../../../api';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { toast } from '../../../feedback/toasts';
import { useText } from '../../../i18n/TextProvider';
import { faultsOf, requestOf, type Draft } from './form';
import { GatherFields, gatherOf, type Gathering } from './GatherFields';
import { TaskFields } from './TaskFields';
import { Templates } from './Templates';

export function SubmitForm({ initial }: { initial: Draft }) {
  const { submit: words, gather, shell } = useText();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(initial);
  const [together, setTogether] = useState<Gathering>();
  // The same draft sent twice, by an impatient finger or a lost answer, is one task.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const faults = faultsOf(draft);

  const submit = useMutation({
    mutationFn: (): Promise<{ task_id: string }> => {
      const headers = { 'Idempotency-Key': key };
      return together === undefined
        ? unwrap(api.POST('/api/v1/tasks', { body: requestOf(draft), headers }))
        : unwrap(api.POST('/api/v1/tasks/group', { body: { task: requestOf({ ...draft, agent: undefined }), group: gatherOf(together) }, headers }));
    },
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
  const gatherThem = (next: Gathering | undefined) => {
    setTogether(next);
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
            <TaskFields draft={draft} fields={fields} onChange={set} isGathered={together !== undefined} />
            <Switch label={gather.several} checked={together !== undefined} onChange={({ currentTarget }) => { gatherThem(currentTarget.checked ? { agents: draft.agent === undefined ? [] : [draft.agent], strategy: 'all' } : undefined); }} />
            {together !== undefined && <GatherFields value={together} fields={fields} onChange={gatherThem} />}
          </Stack>
        </Paper>
        {submit.isError && <FailureAlert error={submit.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => void navigate({ to: '/tasks' })}>
            {shell.cancel}
          </Button>
          <Button type="submit" loading={submit.isPending} disabled={faults.labels || faults.input || together?.agents.length === 0 || (draft.prompt.trim() === '' && draft.input.trim() === '')}>
            {words.deed}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
