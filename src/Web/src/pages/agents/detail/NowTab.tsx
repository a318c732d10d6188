import { Paper, Skeleton, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Coffee } from 'lucide-react';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { Empty } from '../../../list/Empty';
import { StateBadge } from '../../../parts/StateBadge';
import { Took } from '../../../time/Took';
import { nameOf } from '../../tasks/list/columns';
import { OutputTab } from '../../tasks/detail/OutputTab';
import { useTaskEvents } from '../../tasks/detail/useTaskEvents';
import type { AgentView, TaskRow } from '../queries';
import { Composer } from './Composer';
import classes from './NowTab.module.css';
import { useAgentTasks } from './useAgentTasks';

const atWork = ['assigned', 'running', 'waiting'] as const;
const most = 4;

/** What it does at this moment, word by word, and a line to talk to it. */
export function NowTab({ agent }: { agent: AgentView }) {
  const { agents: words } = useText();
  const { tasks, rows } = useAgentTasks(agent.id, atWork);
  return (
    <Stack gap="sm">
      {tasks.isError && <FailureAlert error={tasks.error} onRetry={() => void tasks.refetch()} />}
      {rows === undefined && !tasks.isError && <Skeleton height={220} radius="lg" />}
      {rows?.length === 0 && (
        <Paper py={32}>
          <Empty icon={Coffee} title={words.idle} hint={agent.status === 'offline' ? words.offlineHint : words.idleHint} />
        </Paper>
      )}
      {rows?.slice(0, most).map((task) => <AtWork key={task.task_id} task={task} />)}
      <Composer agent={agent} working={(rows?.length ?? 0) > 0} />
    </Stack>
  );
}

function AtWork({ task }: { task: TaskRow }) {
  const { tasks: words } = useText();
  const events = useTaskEvents(task.task_id);
  return (
    <section>
      <div className={classes.head}>
        <StateBadge state={task.status} />
        <Link to="/tasks/$id" params={{ id: task.task_id }}>{nameOf(task, words)}</Link>
        <Took from={task.started_at} to={task.finished_at} />
      </div>
      <OutputTab task={task} events={events} talks={false} />
    </section>
  );
}
