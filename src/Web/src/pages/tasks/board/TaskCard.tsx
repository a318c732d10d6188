import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useText } from '../../../i18n/TextProvider';
import { AgentName } from '../../../names/Name';
import { StateBadge } from '../../../parts/StateBadge';
import { When } from '../../../time/When';
import { nameOf } from '../list/columns';
import type { TaskRow } from '../queries';
import classes from '../../../parts/Board.module.css';

export const TaskCard = memo(function TaskCard({ task }: { task: TaskRow }) {
  const { tasks: words } = useText();
  return (
    <Link to="/tasks/$id" params={{ id: task.task_id }} className={classes.card}>
      <span className={classes.name}>{nameOf(task, words)}</span>
      <span className={classes.foot}>
        <StateBadge state={task.status} bare />
        <AgentName id={task.agent_id} />
        <When at={task.finished_at ?? task.started_at ?? task.created_at} />
      </span>
    </Link>
  );
});
