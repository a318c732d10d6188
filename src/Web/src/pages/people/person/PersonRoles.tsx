import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import type { Person } from '../queries';
import { inOrder } from '../roles';
import { RolesField } from '../RolesField';
import { useChange } from './useChange';

export function PersonRoles({ person }: { person: Person }) {
  const { people: words } = useText();
  const [roles, setRoles] = useState(() => inOrder(person.roles));
  const change = useChange(person.id, words.saved);
  const same = roles.join() === inOrder(person.roles).join();
  return (
    <Paper p="md" component="form" onSubmit={(event) => { event.preventDefault(); change.mutate({ roles }); }}>
      <Stack gap="md">
        <RolesField label={words.columns.roles} value={roles} onChange={setRoles} />
        <Text size="sm" c="dimmed">{words.rolesHint}</Text>
        {change.isError && <FailureAlert error={change.error} />}
        <Group><Button type="submit" loading={change.isPending} disabled={same || roles.length === 0}>{words.save}</Button></Group>
      </Stack>
    </Paper>
  );
}
