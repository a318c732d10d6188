import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { CalendarClock, Plus } from 'lucide-react';
import { useMemo } from 'react';
import { useCommands } from '../../commands/commands';
import { useText } from '../../i18n/TextProvider';
import { Empty } from '../../list/Empty';
import { ListPage } from '../../list/ListPage';
import { NothingFound } from '../../list/NothingFound';
import { flatten } from '../../list/pages';
import { given, oneOf } from '../../list/search';
import { SearchField } from '../../list/SearchField';
import { useSelection } from '../../list/useSelection';
import { VirtualTable } from '../../list/VirtualTable';
import { useScheduleColumns } from './columns';
import { schedulesQuery, type ScheduleView } from './queries';
import { scheduleStates } from './routes';
import { ScheduleDeeds } from './ScheduleDeeds';
import { msUntil } from './upcoming';

const route = getRouteApi('/signed-in/schedules');
const idOf = ({ id }: ScheduleView) => id;

export function SchedulesPage() {
  const { schedules: words } = useText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const schedules = useInfiniteQuery({
    ...schedulesQuery(search),
    // The socket tells of tasks, not of times that have come; when the next one will is known.
    refetchInterval: ({ state }) => msUntil(state.data?.pages.flatMap(({ items }) => items.map(({ next_at }) => next_at)) ?? []),
  });
  const rows = useMemo(() => (schedules.data === undefined ? undefined : flatten(schedules.data.pages, idOf)), [schedules.data]);
  const selection = useSelection();
  const columns = useScheduleColumns();
  const total = schedules.data?.pages[0];
  const isFiltered = Object.keys(search).length > 0;
  useCommands([{ id: 'schedules:new', label: words.create, group: 'page', keys: ['c'], icon: Plus, run: () => void navigate({ to: '/schedules/new' }) }]);

  const button = <Button component={Link} to="/schedules/new" size="xs" leftSection={<Plus size={14} />}>{words.create}</Button>;
  return (
    <ListPage
      title={words.title}
      total={total}
      actions={button}
      filters={
        <>
          <SearchField value={search.q} label={words.find} onChange={(q) => void navigate({ search: given({ ...search, q }), replace: true })} />
          <SegmentedControl
            aria-label={words.filter.label}
            value={search.state ?? 'all'}
            data={(['all', ...scheduleStates] as const).map((value) => ({ value, label: words.filter[value] }))}
            onChange={(state) => void navigate({ search: given({ q: search.q, state: oneOf(state, scheduleStates) }), replace: true })}
          />
        </>
      }
      error={schedules.error}
      onRetry={() => void schedules.refetch()}
      selection={selection}
      deeds={<ScheduleDeeds selection={selection} />}
    >
      <VirtualTable
        label={words.title}
        columns={columns}
        rows={rows}
        {...(total && { total: total.total })}
        idOf={idOf}
        nameOf={({ name }) => name}
        selection={selection}
        onOpen={({ id }) => void navigate({ to: '/schedules/$id', params: { id } })}
        onEnd={schedules.hasNextPage && !schedules.isFetchingNextPage ? () => void schedules.fetchNextPage() : undefined}
        empty={
          isFiltered ? (
            <NothingFound icon={CalendarClock} onClear={() => void navigate({ search: {} })} />
          ) : (
            <Empty icon={CalendarClock} title={words.empty} hint={words.emptyHint}>{button}</Empty>
          )
        }
      />
    </ListPage>
  );
}
