import { Paper, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { History } from 'lucide-react';
import { FailureAlert } from '../../feedback/FailureAlert';
import { languages } from '../../i18n/languages';
import { useTexts } from '../../i18n/TextProvider';
import { Empty } from '../../list/Empty';
import { short } from '../../names/short';
import { PlainTable } from '../../parts/PlainTable';
import { StateBadge } from '../../parts/StateBadge';
import { When } from '../../time/When';
import { taskQuery } from '../tasks/queries';
import type { ScheduleView } from './queries';
import { ownClock } from './upcoming';
import { useFirings } from './useFirings';

/** Its times so far, and what came of each. */
export function FiringsTab({ schedule }: { schedule: ScheduleView }) {
  const { language, text: { schedules: words } } = useTexts();
  const { firings, rows } = useFirings(schedule.id, schedule.next_at);
  if (rows === undefined) {
    return firings.isError ? <FailureAlert error={firings.error} onRetry={() => void firings.refetch()} /> : <Skeleton height={200} radius="lg" />;
  }
  if (rows.length === 0) {
    return <Paper py={32}><Empty icon={History} title={words.firings.empty} hint={words.firings.emptyHint} /></Paper>;
  }
  return (
    <Stack gap="sm">
      {firings.isError && <FailureAlert error={firings.error} onRetry={() => void firings.refetch()} />}
      <PlainTable
        label={words.tabs.firings}
        heads={[words.firings.at, words.firings.came, words.firings.task]}
        total={firings.data?.pages[0]?.total}
        most={25}
        onMore={firings.hasNextPage && !firings.isFetchingNextPage ? () => void firings.fetchNextPage() : undefined}
        rows={rows.map(({ id, scheduled_at, status, by_hand, task_id, reason }) => ({
          key: id,
          cells: [
            <span key="at">{ownClock(scheduled_at, languages[language].tag)} <Text span size="sm" c="dimmed"><When at={scheduled_at} />{by_hand && ` · ${words.firings.byHand}`}</Text></span>,
            <StateBadge key="came" state={status} />,
            task_id === null ? <span key="why" title={words.firings.reason}>{reason ?? '–'}</span> : <FiredTask key="task" id={task_id} />,
          ],
        }))}
      />
    </Stack>
  );
}

/** The socket keeps its state as it is. */
function FiredTask({ id }: { id: string }) {
  const task = useQuery({ ...taskQuery(id), staleTime: 30_000 });
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap', gap: '4px 14px' }}>
      <Link to="/tasks/$id" params={{ id }} title={id}>{short(id)}</Link>
      {task.data && <StateBadge state={task.data.status} />}
    </span>
  );
}
