import { Button, Group, Paper, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ApiError, unwrap } from '../../../api';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { toast } from '../../../feedback/toasts';
import { useText } from '../../../i18n/TextProvider';
import { faultsOf, requestOf, type Draft } from './form';
import { TaskFields } from './TaskFields';
import { Templates } from './Templates';

export function SubmitForm({ initial }: { initial: Draft }) {
  const { submit: words, shell } = useText();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(initial);
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
            <TaskFields draft={draft} fields={fields} onChange={set} />
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
