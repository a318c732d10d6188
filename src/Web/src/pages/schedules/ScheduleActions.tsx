import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { CirclePlay, Pause, Play, Trash2 } from 'lucide-react';
import { useCommands } from '../../commands/commands';
import { useText } from '../../i18n/TextProvider';
import { Confirm } from '../../parts/Confirm';
import type { ScheduleView } from './queries';
import { useScheduleDeeds } from './useScheduleDeeds';

export function ScheduleActions({ schedule }: { schedule: ScheduleView }) {
  const { schedules: words } = useText();
  const { pause, resume, run, remove } = useScheduleDeeds(schedule);
  const [asked, ask] = useDisclosure();
  const turn = schedule.enabled ? pause : resume;
  const [label, Icon] = schedule.enabled ? [words.pause, Pause] as const : [words.resume, Play] as const;

  useCommands([
    { id: 'schedule:run', label: words.run, group: 'page', keys: ['r'], icon: CirclePlay, when: () => !run.isPending, run: () => { run.mutate(); } },
    { id: 'schedule:turn', label, group: 'page', keys: ['p'], icon: Icon, when: () => !turn.isPending, run: () => { turn.mutate(); } },
    { id: 'schedule:remove', label: words.remove, group: 'page', icon: Trash2, run: ask.open },
  ]);

  return (
    <>
      <Button size="xs" leftSection={<CirclePlay size={14} />} loading={run.isPending} onClick={() => { run.mutate(); }}>{words.run}</Button>
      <Button size="xs" variant="default" leftSection={<Icon size={14} />} loading={turn.isPending} onClick={() => { turn.mutate(); }}>{label}</Button>
      <Button size="xs" variant="default" leftSection={<Trash2 size={14} />} onClick={ask.open}>{words.remove}</Button>
      <Confirm title={words.remove} deed={words.remove} opened={asked} pending={remove.isPending} error={remove.error} onConfirm={() => { remove.mutate(); }} onClose={ask.close}>
        {words.removeHint(schedule.name)}
      </Confirm>
    </>
  );
}
