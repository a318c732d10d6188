import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { Dialog } from '../../../parts/Dialog';
import { AgentPicker, DevicePicker } from '../../../names/Picker';
import type { useTaskDeeds } from './useTaskDeeds';

interface MoveDialogProps {
  opened: boolean;
  move: ReturnType<typeof useTaskDeeds>['move'];
  onClose: () => void;
}

export function MoveDialog({ opened, move, onClose }: MoveDialogProps) {
  const { task, shell } = useText();
  const words = task.move;
  const [agent, setAgent] = useState<string>();
  const [device, setDevice] = useState<string>();
  const isChosen = agent !== undefined || device !== undefined;
  return (
    <Dialog opened={opened} onClose={onClose} title={words.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          move.mutate({ agent, device }, { onSuccess: onClose });
        }}
      >
        <Stack gap="md">
          <Text size="sm">{words.hint}</Text>
          <AgentPicker label={words.agent} value={agent} onChange={(id) => { setAgent(id); setDevice(undefined); }} />
          <DevicePicker label={words.device} value={device} onChange={(id) => { setDevice(id); setAgent(undefined); }} />
          {move.isError && <FailureAlert error={move.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {shell.cancel}
            </Button>
            <Button type="submit" loading={move.isPending} disabled={!isChosen} title={isChosen ? undefined : words.wanted}>
              {words.deed}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
