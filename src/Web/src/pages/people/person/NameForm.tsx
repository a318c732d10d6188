import { Button, Group, Paper, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ApiError } from '../../../api';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { useChange } from './useChange';

/** The name by which an account is mentioned, and can sign in. */
export function NameForm({ id, name }: { id: string; name: string }) {
  const { people: words } = useText();
  const [typed, setTyped] = useState(name);
  const change = useChange(id, words.saved);
  const fault = change.error instanceof ApiError ? change.error.fields.name?.[0] : undefined;
  return (
    <Paper p="md" component="form" onSubmit={(event) => { event.preventDefault(); change.mutate({ name: typed.trim() }); }}>
      <Stack gap="sm">
        <Group gap="sm" align="flex-end">
          <TextInput label={words.columns.name} description={words.nameHint} flex="1 1 220px" maw={420} required maxLength={100} autoComplete="off" value={typed} error={fault} onChange={({ currentTarget }) => { setTyped(currentTarget.value); }} />
          <Button type="submit" loading={change.isPending} disabled={typed.trim() === '' || typed.trim() === name}>{words.save}</Button>
        </Group>
        {change.isError && fault === undefined && <FailureAlert error={change.error} />}
      </Stack>
    </Paper>
  );
}
