import { ActionIcon, Avatar, Group, Stack, Text } from '@mantine/core';
import { LogOut } from 'lucide-react';
import { FailureAlert } from '../feedback/FailureAlert';
import { useText } from '../i18n/TextProvider';
import { useMe, useSignOut } from '../session/session';

export function Account() {
  const { account } = useText();
  const me = useMe();
  const signOut = useSignOut();
  if (me === undefined) {
    return null;
  }

  const roles: Record<string, string | undefined> = account.roles;
  return (
    <Stack gap="sm" role="group" aria-label={account.label}>
      {signOut.isError && <FailureAlert error={signOut.error} title={account.signOutFailed} />}
      <Group gap="sm" wrap="nowrap">
        <Avatar name={me.name} color="iris" size={34} radius="md" aria-hidden="true" />
        <div style={{ flex: 1, minWidth: 0 }}>
          <Text size="sm" fw={550} truncate title={`${me.name} · ${me.roles.map((role) => roles[role] ?? role).join(', ')}`}>
            {me.name}
            <Text span size="xs" c="dimmed" fw={400} ml={6}>
              {me.roles.map((role) => roles[role] ?? role).join(', ')}
            </Text>
          </Text>
          <Text size="xs" c="dimmed" truncate title={me.email}>
            {me.email}
          </Text>
        </div>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={account.signOut}
          title={account.signOut}
          loading={signOut.isPending}
          onClick={() => {
            signOut.mutate();
          }}
        >
          <LogOut size={17} />
        </ActionIcon>
      </Group>
    </Stack>
  );
}
