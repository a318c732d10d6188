import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ApiError, unwrap } from '../../../api';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { Dialog } from '../../../parts/Dialog';
import { OnceShown } from '../../../parts/OnceShown';
import { useMe } from '../../../session/session';
import { keysQuery } from '../queries';
import { upTo } from '../roles';
import { RolesField } from '../RolesField';
import { endOf, lives, type Life } from './life';

export function NewKey({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { make: words } = useText().people.keys;
  return (
    <Dialog opened={opened} onClose={onClose} title={words.title}>
      {opened && <Making onClose={onClose} />}
    </Dialog>
  );
}

function Making({ onClose }: { onClose: () => void }) {
  const { people } = useText();
  const words = people.keys.make;
  const queries = useQueryClient();
  const own = useMe()?.roles ?? [];
  const [name, setName] = useState('');
  const [life, setLife] = useState<Life>('quarter');
  const [roles, setRoles] = useState<readonly string[]>(own);
  const make = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/auth/keys', { body: { name: name.trim(), roles: [...roles], expires_at: endOf(life, Date.now()) } })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: keysQuery.queryKey }),
    // The key stays in memory no longer than this dialog.
    gcTime: 0,
  });
  if (make.isSuccess) {
    return <OnceShown secret={make.data.key} what={words.key} hint={words.once} onClose={onClose} />;
  }
  const faults = make.error instanceof ApiError ? make.error.fields : {};
  const known = ['name', 'roles', 'expires_at'].some((field) => field in faults);
  return (
    <form onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
      <Stack gap="md">
        <Text size="sm">{words.hint}</Text>
        <TextInput label={people.keys.name} description={words.nameHint} required maxLength={100} data-autofocus value={name} error={faults.name?.[0]} onChange={({ currentTarget }) => { setName(currentTarget.value); }} />
        <Select label={people.keys.ends} allowDeselect={false} value={life} data={lives.map((value) => ({ value, label: words.lives[value] }))} error={faults.expires_at?.[0]} onChange={(next) => { setLife(lives.find((one) => one === next) ?? life); }} />
        <RolesField label={people.columns.roles} offered={upTo(own)} value={roles} error={faults.roles?.[0]} onChange={setRoles} />
        {make.isError && !known && <FailureAlert error={make.error} />}
        <Group justify="flex-end"><Button type="submit" loading={make.isPending} disabled={name.trim() === '' || roles.length === 0}>{words.deed}</Button></Group>
      </Stack>
    </form>
  );
}
