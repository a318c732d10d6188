import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ApiError } from '../../../api';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { Dialog } from '../../../parts/Dialog';
import { GatherFields, type Gathering } from '../submit/GatherFields';
import type { useTaskDeeds } from './useTaskDeeds';

interface GatherDialogProps {
  opened: boolean;
  gather: ReturnType<typeof useTaskDeeds>['gather'];
  onClose: () => void;
}

export function GatherDialog({ opened, gather, onClose }: GatherDialogProps) {
  const { gather: words, shell } = useText();
  const [together, setTogether] = useState<Gathering>({ agents: [], strategy: 'all' });
  return (
    <Dialog opened={opened} onClose={onClose} title={words.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          gather.mutate(together, { onSuccess: onClose });
        }}
      >
        <Stack gap="md">
          <Text size="sm">{words.hint}</Text>
          <GatherFields value={together} fields={gather.error instanceof ApiError ? gather.error.fields : {}} onChange={setTogether} />
          {gather.isError && <FailureAlert error={gather.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {shell.cancel}
            </Button>
            <Button type="submit" loading={gather.isPending} disabled={together.agents.length === 0}>
              {words.deed}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
