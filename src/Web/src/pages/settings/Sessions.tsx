import { Button, Group, Paper, Text } from '@mantine/core';
import { LogOut } from 'lucide-react';
import { FailureAlert } from '../../feedback/FailureAlert';
import { useText } from '../../i18n/TextProvider';
import { useSignOut } from '../../session/session';
import { Part } from './Part';

export function Sessions() {
  const { settings: words, account } = useText();
  const signOut = useSignOut();
  return (
    <Part title={words.sessions} hint={words.sessionsHint}>
      <Paper p="md">
        <Group justify="space-between" gap="sm">
          <Text size="sm">{words.thisOne}</Text>
          <Button variant="default" size="xs" leftSection={<LogOut size={14} />} loading={signOut.isPending} onClick={() => { signOut.mutate(); }}>{words.signOut}</Button>
        </Group>
        {signOut.isError && <FailureAlert error={signOut.error} title={account.signOutFailed} />}
      </Paper>
    </Part>
  );
}
