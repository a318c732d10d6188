import { ActionIcon, Button, Group, Paper, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api, unwrap } from '../../api';
import { FailureAlert } from '../../feedback/FailureAlert';
import { toast } from '../../feedback/toasts';
import { useText } from '../../i18n/TextProvider';
import { Empty } from '../../list/Empty';
import { short } from '../../names/short';
import { Confirm } from '../../parts/Confirm';
import { PlainTable } from '../../parts/PlainTable';
import { SecretInput } from '../../parts/SecretInput';
import { useMe } from '../../session/session';
import { useFormat } from '../../time/useFormat';
import { When } from '../../time/When';
import { secretsQuery } from './queries';

/** Values that can be set, and never be read again. */
export function SecretsTab({ id }: { id: string }) {
  const { secrets: words } = useText().posts;
  const { number } = useFormat();
  const me = useMe();
  const queries = useQueryClient();
  const secrets = useQuery(secretsQuery(id));
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const [leaving, setLeaving] = useState<string>();
  const fresh = () => void queries.invalidateQueries({ queryKey: secretsQuery(id).queryKey });
  const save = useMutation({
    mutationFn: () => unwrap(api.PUT('/api/v1/posts/{id}/secrets/{name}', { params: { path: { id, name: name.trim() } }, body: { value } })),
    onSuccess: () => { setName(''); setValue(''); toast(words.saved); fresh(); },
    // The value stays in memory no longer than the field that it was written in.
    gcTime: 0,
  });
  const remove = useMutation({
    mutationFn: (which: string) => unwrap(api.DELETE('/api/v1/posts/{id}/secrets/{name}', { params: { path: { id, name: which } } })),
    onSuccess: () => { setLeaving(undefined); fresh(); },
  });
  return (
    <Stack gap="md">
      {secrets.isError && <FailureAlert error={secrets.error} onRetry={() => void secrets.refetch()} />}
      {secrets.isPending && <Skeleton height={100} radius="lg" />}
      {secrets.data?.items.length === 0 && <Paper py={28}><Empty icon={KeyRound} title={words.empty} hint={words.emptyHint} /></Paper>}
      {secrets.data !== undefined && secrets.data.items.length > 0 && (
        <PlainTable
          label={words.title}
          heads={[words.name, words.version, words.by, words.at, words.remove]}
          rows={secrets.data.items.map((secret) => ({
            key: secret.name,
            cells: [
              <code key="n" style={{ fontSize: 12 }}>{secret.name}</code>,
              number(secret.version),
              <span key="b" title={secret.updated_by}>{secret.updated_by === me?.id ? me.name : short(secret.updated_by)}</span>,
              <When key="w" at={secret.updated_at} />,
              <ActionIcon key="r" variant="subtle" color="gray" size={26} aria-label={`${words.remove}: ${secret.name}`} onClick={() => { setLeaving(secret.name); }}><Trash2 size={14} /></ActionIcon>,
            ],
          }))}
        />
      )}
      <Paper p="md" component="form" onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">{words.hint}</Text>
          <Group gap="sm" align="flex-end">
            <TextInput label={words.name} flex="1 1 180px" required value={name} onChange={({ currentTarget }) => { setName(currentTarget.value); }} />
            <SecretInput label={words.value} flex="2 1 240px" required autoComplete="off" value={value} onChange={({ currentTarget }) => { setValue(currentTarget.value); }} />
            <Button type="submit" loading={save.isPending} disabled={name.trim() === '' || value === ''}>{words.save}</Button>
          </Group>
          {save.isError && <FailureAlert error={save.error} />}
        </Stack>
      </Paper>
      <Confirm title={words.removeTitle(leaving ?? '')} deed={words.remove} opened={leaving !== undefined} pending={remove.isPending} error={remove.error} onConfirm={() => { if (leaving !== undefined) { remove.mutate(leaving); } }} onClose={() => { setLeaving(undefined); }}>{words.removeHint}</Confirm>
    </Stack>
  );
}
