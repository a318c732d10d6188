import { Paper, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { Empty } from '../../../list/Empty';
import { AgentName } from '../../../names/Name';
import { StateBadge } from '../../../parts/StateBadge';
import { Took } from '../../../time/Took';
import { useFormat } from '../../../time/useFormat';
import { useNow } from '../../../time/useNow';
import { attemptsQuery, type TaskView } from '../queries';
import classes from './AttemptsTab.module.css';
import { spans } from './spans';

/** When it was tried, by whom, and how each ended, on one line of time. */
export function AttemptsTab({ task }: { task: TaskView }) {
  const { task: text } = useText();
  const words = text.attempts;
  const { number } = useFormat();
  const attempts = useQuery(attemptsQuery(task.task_id));
  const now = useNow();
  if (attempts.isError) {
    return <FailureAlert error={attempts.error} onRetry={() => void attempts.refetch()} />;
  }
  if (attempts.data === undefined) {
    return <Skeleton height={140} radius="lg" />;
  }
  const all = attempts.data.items;
  if (all.length === 0) {
    return <Paper py={40}><Empty icon={RotateCw} title={words.none} hint={words.noneHint} /></Paper>;
  }
  const bars = spans(Date.parse(task.created_at), all, now);
  return (
    <Paper component="ol" className={classes.list} aria-label={words.list}>
      {all.map((attempt, index) => (
        <li key={attempt.attempt} className={classes.attempt}>
          <div className={classes.head}>
            <strong>{text.output.attempt(number(attempt.attempt))}</strong>
            <StateBadge state={attempt.status} />
            <AgentName id={attempt.agent_id} />
            <span className={classes.dim}>{attempt.device_id}</span>
            <span className={classes.times}>
              {words.waited} <Took from={attempt.assigned_at} to={attempt.started_at ?? attempt.ended_at} />
              {attempt.started_at !== null && (
                <>
                  {' · '}
                  {words.ran} <Took from={attempt.started_at} to={attempt.ended_at} />
                </>
              )}
            </span>
          </div>
          <div className={classes.line} aria-hidden="true">
            {bars[index]?.map(({ left, width, kind }) => (
              <span key={kind} data-kind={kind} data-state={attempt.status} style={{ left: `${String(left * 100)}%`, width: `max(3px, ${String(width * 100)}%)` }} />
            ))}
          </div>
          {attempt.error !== null && <p className={classes.error}>{attempt.error.message}</p>}
        </li>
      ))}
    </Paper>
  );
}
