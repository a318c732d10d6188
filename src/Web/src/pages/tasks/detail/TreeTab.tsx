import { Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Network } from 'lucide-react';
import { useText } from '../../../i18n/TextProvider';
import { Empty } from '../../../list/Empty';
import { AgentName } from '../../../names/Name';
import { PlainTable } from '../../../parts/PlainTable';
import { StateBadge } from '../../../parts/StateBadge';
import { nameOf } from '../list/columns';
import { groupQuery, type TaskView } from '../queries';
import { DependencyGraph } from './DependencyGraph';
import classes from './DependencyGraph.module.css';
import { useParts } from './useParts';
import { useUpstream } from './useUpstream';

/** What it waits for, and what it consists of. */
export function TreeTab({ task }: { task: TaskView }) {
  const { task: text, tasks: names, gather } = useText();
  const words = text.tree;
  const roles: Record<string, string | undefined> = words.roles;
  const strategies: Record<string, string | undefined> = gather.strategies;
  const group = useQuery({ ...groupQuery(task.task_id), enabled: task.group_id !== null });
  const { parts, rows } = useParts(task);
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
            {group.data === undefined ? words.parts : `${words.group} · ${strategies[group.data.strategy] ?? group.data.strategy}`}
          </h2>
          <PlainTable
            label={words.parts}
            heads={[names.columns.state, names.columns.task, words.role, names.columns.agent]}
            total={parts.data?.pages[0]?.total}
            onMore={parts.hasNextPage && !parts.isFetchingNextPage ? () => void parts.fetchNextPage() : undefined}
            rows={rows.map((part) => {
              const role = roleOf.get(part.task_id);
              return {
                key: part.task_id,
                cells: [
                  <StateBadge key="s" state={part.status} />,
                  <Link key="t" to="/tasks/$id" params={{ id: part.task_id }}>{nameOf(part, names)}</Link>,
                  role === undefined ? '–' : (roles[role] ?? role),
                  <AgentName key="a" id={part.agent_id} />,
                ],
              };
            })}
          />
        </>
      )}
    </Stack>
  );
}
