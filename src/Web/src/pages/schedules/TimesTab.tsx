import { Paper, Stack, Text } from '@mantine/core';
import { useText } from '../../i18n/TextProvider';
import { Facts } from '../../parts/Facts';
import { useFormat } from '../../time/useFormat';
import { NextTimes } from './NextTimes';
import type { ScheduleView } from './queries';
import { Whom } from './Whom';

/** When it fires, and by which rules. */
export function TimesTab({ schedule }: { schedule: ScheduleView }) {
  const { schedules: words } = useText();
  const { exact, duration } = useFormat();
  const { form } = words;
  const misfires: Record<string, string | undefined> = form.misfires;
  const overlaps: Record<string, string | undefined> = form.overlaps;
  const { cron, time_zone, start_at, end_at, misfire_policy, overlap_policy, jitter_seconds, task, enabled } = schedule;
  return (
    <Stack gap="md">
      <Facts
        facts={[
          [form.cron, <code key="c">{cron}</code>],
          [form.zone, time_zone],
          [words.columns.who, <Whom key="w" task={task} />],
          [form.misfire, misfires[misfire_policy] ?? misfire_policy],
          [form.overlap, overlaps[overlap_policy] ?? overlap_policy],
          [form.jitter, jitter_seconds === 0 ? undefined : duration(jitter_seconds * 1_000)],
          [form.from, start_at === null ? undefined : exact(Date.parse(start_at))],
          [form.until, end_at === null ? undefined : exact(Date.parse(end_at))],
        ]}
      />
      <Paper p="lg">
        <Text size="sm" fw={550} mb="sm">{words.times.title}</Text>
        {!enabled && <Text size="sm" c="dimmed" mb="sm">{words.times.pausedHint}</Text>}
        <NextTimes clock={{ cron, time_zone, start_at, end_at }} />
      </Paper>
    </Stack>
  );
}
