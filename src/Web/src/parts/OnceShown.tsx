import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { Eye } from 'lucide-react';
import { useText } from '../i18n/TextProvider';
import { CopyLine } from './CopyLine';

/** A secret that nobody can show again: to be copied now. */
export function OnceShown({ secret, what, hint, onClose }: { secret: string; what: string; hint: string; onClose: () => void }) {
  const { parts } = useText();
  return (
    <Stack gap="md">
      <Alert variant="light" color="iris" p="sm" icon={<Eye size={17} />} title={parts.once}>
        <Text size="sm">{hint}</Text>
      </Alert>
      <div>
        <Text size="sm" fw={550} mb={4}>{what}</Text>
        <CopyLine text={secret} what={what} />
      </div>
      <Group justify="flex-end"><Button onClick={onClose}>{parts.kept}</Button></Group>
    </Stack>
  );
}
