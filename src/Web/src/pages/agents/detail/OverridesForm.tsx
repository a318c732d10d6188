import { Button, Group, JsonInput, Paper, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../../api';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { toast } from '../../../feedback/toasts';
import { useText } from '../../../i18n/TextProvider';
import { readObject } from '../../../parts/json';
import { configQuery } from '../queries';

/** What is otherwise with this one agent than with its post. */
export function OverridesForm({ id, overrides }: { id: string; overrides: unknown }) {
  const { config: words } = useText().agents;
  const queries = useQueryClient();
  const before = JSON.stringify(overrides ?? {}, null, 2);
  const [typed, setTyped] = useState(before);
  const read = readObject(typed);
  const save = useMutation({
    mutationFn: () => unwrap(api.PUT('/api/v1/agents/{id}/config', { params: { path: { id } }, body: { overrides: read } })),
    onSuccess: (config) => {
      queries.setQueryData(configQuery(id).queryKey, config);
      toast(words.saved);
    },
  });
  return (
    <Paper p="md">
      <Stack gap="sm">
        <JsonInput
          label={words.overrides}
          description={words.overridesHint}
          autosize
          minRows={4}
          maxRows={20}
          value={typed}
          onChange={setTyped}
          error={read === undefined && words.notJson}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
        />
        {save.isError && <FailureAlert error={save.error} />}
        <Group justify="flex-end" gap="xs">
          {typed !== before && <Text size="xs" c="dimmed">{words.unsaved}</Text>}
          <Button size="xs" disabled={read === undefined || typed === before} loading={save.isPending} onClick={() => { save.mutate(); }}>{words.save}</Button>
        </Group>
      </Stack>
    </Paper>
  );
}
