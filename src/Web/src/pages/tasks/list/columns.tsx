import { useMemo } from 'react';
import type { Catalogue } from '../../../i18n/en';
import { useText } from '../../../i18n/TextProvider';
import type { Column } from '../../../list/VirtualTable';
import { AgentName, PostName } from '../../../names/Name';
import { RowLink } from '../../../parts/RowLink';
import { StateBadge } from '../../../parts/StateBadge';
import { Took } from '../../../time/Took';
import { When } from '../../../time/When';
import type { TaskRow } from '../queries';

/** The first line of what is to be done. */
export function nameOf({ prompt, type }: Pick<TaskRow, 'prompt' | 'type'>, words: Catalogue['tasks']): string {
  const line = prompt?.split('\n').find((text) => text.trim() !== '')?.trim();
  return line === undefined ? words.untitled(type) : line;
}

export function useTaskColumns(): readonly Column<TaskRow>[] {
  const { tasks: words } = useText();
  return useMemo(
    () => [
      { key: 'state', head: words.columns.state, width: '108px', phone: true, cell: ({ status }) => <StateBadge state={status} /> },
      {
        key: 'task',
        head: words.columns.task,
        width: 'minmax(160px, 1fr)',
        phone: true,
        cell: (task) => (
          <RowLink href={`/tasks/${task.task_id}`} title={task.error?.message ?? nameOf(task, words)}>
            {nameOf(task, words)}
          </RowLink>
        ),
      },
      { key: 'agent', head: words.columns.agent, width: '150px', cell: ({ agent_id }) => <AgentName id={agent_id} /> },
      { key: 'post', head: words.columns.post, width: '130px', cell: ({ post_id }) => <PostName id={post_id} /> },
      { key: 'took', head: words.columns.took, width: '84px', align: 'right', cell: ({ started_at, finished_at }) => <Took from={started_at} to={finished_at} /> },
      { key: 'created', head: words.columns.created, width: '108px', align: 'right', cell: ({ created_at }) => <When at={created_at} /> },
    ],
    [words],
  );
}
