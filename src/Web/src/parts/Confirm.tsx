import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { FailureAlert } from '../feedback/FailureAlert';
import { useText } from '../i18n/TextProvider';
import { Dialog } from './Dialog';

export interface ConfirmProps {
  title: string;
  /** What will happen, and what will not. */
  children: ReactNode;
  /** What the button says: the deed, not "OK". */
  deed: string;
  /** Asks why; `wanted` does not go on without. */
  reason?: 'wanted' | 'asked';
  opened: boolean;
  pending: boolean;
  error: unknown;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

/** Asks before something that is not easily taken back. */
export function Confirm({ title, opened, onClose, ...rest }: ConfirmProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      {opened && <Question {...rest} onClose={onClose} />}
    </Dialog>
  );
}

function Question({ children, deed, reason, pending, error, onConfirm, onClose }: Omit<ConfirmProps, 'title' | 'opened'>) {
  const { shell, parts } = useText();
  const [why, setWhy] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onConfirm(why.trim());
      }}
    >
      <Stack gap="md">
        <Text size="sm">{children}</Text>
        {reason !== undefined && (
          <TextInput
            label={parts.reason}
            description={parts.reasonHint}
            required={reason === 'wanted'}
            maxLength={500}
            value={why}
            data-autofocus
            onChange={(event) => {
              setWhy(event.currentTarget.value);
            }}
          />
        )}
        {error !== null && error !== undefined && <FailureAlert error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {shell.cancel}
          </Button>
          <Button type="submit" color="danger" loading={pending} disabled={reason === 'wanted' && why.trim() === ''}>
            {deed}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
