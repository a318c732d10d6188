import { Group, Paper, Skeleton, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ListChecks } from 'lucide-react';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { Empty } from '../../../list/Empty';
import { StateBadge } from '../../../parts/StateBadge';
import { PlainTable } from '../../../parts/PlainTable';
import { When } from '../../../time/When';
import { nameOf } from '../../tasks/list/columns';
import { useAgentTasks } from './useAgentTasks';

const next = ['queued', 'assigned', 'running', 'waiting', 'scheduled', 'blocked'] as const;

/** What lies before it, in the order in which it was handed in; what has ended is in the list of tasks. */
export function QueueTab({ id }: { id: string }) {
  const { agents: words, tasks: taskWords } = useText();
  const { tasks, rows } = useAgentTasks(id, next);
  if (tasks.isError) {
    return <FailureAlert error={tasks.error} onRetry={() => void tasks.refetch()} />;
  }
  return (
    <Stack gap="sm">
      {rows === undefined && <Skeleton height={160} radius="lg" />}
      {rows?.length === 0 && <Paper py={32}><Empty icon={ListChecks} title={words.queue.empty} hint={words.queue.emptyHint} /></Paper>}
      {rows !== undefined && rows.length > 0 && (
        <PlainTable
          label={words.tabs.queue}
          heads={[taskWords.columns.state, taskWords.columns.task, taskWords.columns.created]}
          total={tasks.data?.pages[0]?.total}
          onMore={tasks.hasNextPage && !tasks.isFetchingNextPage ? () => void tasks.fetchNextPage() : undefined}
          rows={rows.map((task) => ({
            key: task.task_id,
            cells: [
              <StateBadge key="s" state={task.status} />,
              <Link key="t" to="/tasks/$id" params={{ id: task.task_id }}>{nameOf(task, taskWords)}</Link>,
              <When key="w" at={task.created_at} />,
            ],
          }))}
        />
      )}
      <Group><Link to="/tasks" search={{ agent: id }} style={{ fontSize: 'var(--mantine-font-size-sm)', color: 'var(--accent-text)' }}>{words.queue.all}</Link></Group>
    </Stack>
  );
}
