import { Paper, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Network } from 'lucide-react';
import { useText } from '../../../i18n/TextProvider';
import { Empty } from '../../../list/Empty';
import { flatten } from '../../../list/pages';
import { AgentName } from '../../../names/Name';
import { StateBadge } from '../../../parts/StateBadge';
import { nameOf } from '../list/columns';
import { groupQuery, partsQuery, type TaskView } from '../queries';
import { DependencyGraph } from './DependencyGraph';
import classes from './DependencyGraph.module.css';
import { useUpstream } from './useUpstream';

/** What it waits for, and what it consists of. */
export function TreeTab({ task }: { task: TaskView }) {
  const { task: text, tasks: names } = useText();
  const words = text.tree;
  const roles: Record<string, string | undefined> = words.roles;
  const group = useQuery({ ...groupQuery(task.task_id), enabled: task.group_id !== null });
  const parts = useInfiniteQuery(partsQuery(task.task_id));
  const rows = flatten(parts.data?.pages, ({ task_id }) => task_id);
  const roleOf = new Map(group.data?.tasks.map(({ task_id, role }) => [task_id, role]));
  const upstream = useUpstream(task);

  if (task.depends_on.length === 0 && parts.data !== undefined && rows.length === 0) {
    return <Paper py={40}><Empty icon={Network} title={words.none} hint={words.noneHint} /></Paper>;
  }
  return (
    <Stack gap="sm">
      {task.depends_on.length > 0 && (
        <>
          <h2 className={classes.heading}>{words.graph}</h2>
          <DependencyGraph tasks={upstream.tasks} here={task.task_id} />
          {upstream.more && <Text size="sm" c="dimmed">{words.more}</Text>}
        </>
      )}
      {rows.length > 0 && (
        <>
          <h2 className={classes.heading}>
            {group.data === undefined ? words.parts : `${words.group} · ${words.strategy}: ${group.data.strategy}`}
          </h2>
          <Paper component="ul" className={classes.tree}>
            {rows.map((part) => {
              const role = roleOf.get(part.task_id);
              return (
                <li key={part.task_id}>
                  <StateBadge state={part.status} />
                  <Link to="/tasks/$id" params={{ id: part.task_id }}>{nameOf(part, names)}</Link>
                  {role !== undefined && <span>{roles[role] ?? role}</span>}
                  <AgentName id={part.agent_id} />
                </li>
              );
            })}
          </Paper>
        </>
      )}
    </Stack>
  );
}
