import { Button } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ListChecks, Plus } from 'lucide-react';
import { useCommands } from '../../../commands/commands';
import { useText } from '../../../i18n/TextProvider';
import { Empty } from '../../../list/Empty';
import { ListPage } from '../../../list/ListPage';
import { NothingFound } from '../../../list/NothingFound';
import { useSelection } from '../../../list/useSelection';
import { VirtualTable } from '../../../list/VirtualTable';
import { Board } from '../board/Board';
import { useTaskColumns, nameOf } from './columns';
import { TaskDeeds } from './TaskDeeds';
import { TaskFilters } from './TaskFilters';
import { idOf, useTaskList } from './useTaskList';

const route = getRouteApi('/signed-in/tasks');

export function TasksPage() {
  const { tasks: words } = useText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { tasks, rows, total, onNews, box } = useTaskList(search);
  const selection = useSelection();
  const columns = useTaskColumns();
  const isFiltered = Object.keys(search).some((name) => name !== 'view');
  const submit = () => void navigate({ to: '/tasks/new' });
  useCommands([{ id: 'tasks:new', label: words.submit, group: 'page', keys: ['c'], icon: Plus, run: submit }]);
  const button = (
    <Button component={Link} to="/tasks/new" size="xs" leftSection={<Plus size={14} />}>
      {words.submit}
    </Button>
  );

  return (
    <ListPage
      title={words.title}
      total={search.view === 'board' ? undefined : total}
      actions={button}
      filters={<TaskFilters search={search} onChange={(next) => void navigate({ search: next, replace: true })} />}
      error={tasks.error}
      onRetry={() => void tasks.refetch()}
      selection={selection}
      deeds={<TaskDeeds selection={selection} />}
      onNews={onNews}
    >
      {search.view === 'board' ? (
        <Board search={search} />
      ) : (
        <VirtualTable
          label={words.title}
          columns={columns}
          rows={rows}
          {...(total && { total: total.total })}
          idOf={idOf}
          nameOf={(task) => nameOf(task, words)}
          onOpen={({ task_id }) => void navigate({ to: '/tasks/$id', params: { id: task_id } })}
          selection={selection}
          onEnd={tasks.hasNextPage && !tasks.isFetchingNextPage ? () => void tasks.fetchNextPage() : undefined}
          boxRef={box}
          empty={
            isFiltered ? (
              <NothingFound icon={ListChecks} onClear={() => void navigate({ search: {} })} />
            ) : (
              <Empty icon={ListChecks} title={words.empty} hint={words.emptyHint}>
                {button}
              </Empty>
            )
          }
        />
      )}
    </ListPage>
  );
}
