import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { ArrowRightLeft, Ban, CopyPlus, RotateCw, Users } from 'lucide-react';
import { useCommands } from '../../../commands/commands';
import { useText } from '../../../i18n/TextProvider';
import { ended } from '../../../live/taskStates';
import { Confirm } from '../../../parts/Confirm';
import type { TaskView } from '../queries';
import { GatherDialog } from './GatherDialog';
import { MoveDialog } from './MoveDialog';
import { useTaskDeeds } from './useTaskDeeds';

export function TaskActions({ task }: { task: TaskView }) {
  const { task: words, gather: together } = useText();
  const navigate = useNavigate();
  const { cancel, retry, move, gather } = useTaskDeeds(task.task_id);
  const [canceling, { open: openCancel, close: closeCancel }] = useDisclosure();
  const [moving, { open: openMove, close: closeMove }] = useDisclosure();
  const [gathering, { open: openGather, close: closeGather }] = useDisclosure();
  const isOver = ended.has(task.status);
  const canBeGathered = !isOver && task.group_id === null;
  const again = () => void navigate({ to: '/tasks/new', search: { like: task.task_id } });

  useCommands([
    { id: 'task:cancel', label: words.cancel.deed, group: 'page', icon: Ban, when: () => !isOver, run: openCancel },
    { id: 'task:move', label: words.move.deed, group: 'page', keys: ['m'], icon: ArrowRightLeft, when: () => !isOver, run: openMove },
    { id: 'task:gather', label: together.deed, group: 'page', icon: Users, when: () => canBeGathered, run: openGather },
    { id: 'task:retry', label: words.retry.deed, group: 'page', keys: ['r'], icon: RotateCw, when: () => task.status === 'failed' || task.status === 'canceled', run: () => { retry.mutate(); } },
    { id: 'task:again', label: words.again.deed, group: 'page', icon: CopyPlus, run: again },
  ]);

  return (
    <>
      <Button size="xs" variant="default" leftSection={<CopyPlus size={14} />} onClick={again}>
        {words.again.deed}
      </Button>
      {(task.status === 'failed' || task.status === 'canceled') && (
        <Button size="xs" leftSection={<RotateCw size={14} />} loading={retry.isPending} onClick={() => { retry.mutate(); }}>
          {words.retry.deed}
        </Button>
      )}
      {canBeGathered && (
        <Button size="xs" variant="default" leftSection={<Users size={14} />} onClick={openGather}>
          {together.deed}
        </Button>
      )}
      {!isOver && (
        <>
          <Button size="xs" variant="default" leftSection={<ArrowRightLeft size={14} />} onClick={openMove}>
            {words.move.deed}
          </Button>
          <Button size="xs" variant="default" leftSection={<Ban size={14} />} onClick={openCancel}>
            {words.cancel.deed}
          </Button>
        </>
      )}
      <Confirm
        opened={canceling}
        title={words.cancel.title}
        deed={words.cancel.deed}
        reason="asked"
        pending={cancel.isPending}
        error={cancel.error}
        onClose={closeCancel}
        onConfirm={(reason) => { cancel.mutate(reason, { onSuccess: closeCancel }); }}
      >
        {words.cancel.hint}
      </Confirm>
      <GatherDialog opened={gathering} gather={gather} onClose={closeGather} />
      <MoveDialog opened={moving} move={move} onClose={closeMove} />
    </>
  );
}
