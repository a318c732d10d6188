import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { UserPlus, Users } from 'lucide-react';
import { useMemo } from 'react';
import { useCommands } from '../../commands/commands';
import { useText } from '../../i18n/TextProvider';
import { ListPage } from '../../list/ListPage';
import { NothingFound } from '../../list/NothingFound';
import { flatten } from '../../list/pages';
import { SearchField } from '../../list/SearchField';
import { VirtualTable } from '../../list/VirtualTable';
import { useMe } from '../../session/session';
import { usePeopleColumns } from './columns';
import { NewPerson } from './NewPerson';
import type { ViewProps } from './PeoplePage';
import { peopleQuery, type Person } from './queries';

const idOf = ({ id }: Person) => id;

export function PeopleView({ search, onSearch, choice }: ViewProps) {
  const { people: words } = useText();
  const navigate = useNavigate();
  const people = useInfiniteQuery(peopleQuery(search.q));
  const rows = useMemo(() => (people.data === undefined ? undefined : flatten(people.data.pages, idOf)), [people.data]);
  const columns = usePeopleColumns(useMe()?.id);
  const total = people.data?.pages[0];
  const open = () => { onSearch({ make: true }); };
  useCommands([{ id: 'people:new', label: words.make.deed, group: 'page', keys: ['c'], icon: UserPlus, run: open }]);

  return (
    <ListPage
      title={words.title}
      total={total}
      actions={<Button size="xs" leftSection={<UserPlus size={14} />} onClick={open}>{words.make.deed}</Button>}
      filters={<>{choice}<SearchField value={search.q} label={words.find} onChange={(q) => { onSearch({ q }); }} /></>}
      error={people.error}
      onRetry={() => void people.refetch()}
    >
      <VirtualTable
        label={words.views.people}
        columns={columns}
        rows={rows}
        {...(total && { total: total.total })}
        idOf={idOf}
        nameOf={({ name }) => name}
        onOpen={({ id }) => void navigate({ to: '/people/$id', params: { id } })}
        onEnd={people.hasNextPage && !people.isFetchingNextPage ? () => void people.fetchNextPage() : undefined}
        empty={<NothingFound icon={Users} onClear={() => { onSearch({ q: undefined }); }} />}
      />
      <NewPerson opened={search.make === true} onClose={() => { onSearch({ make: undefined }); }} />
    </ListPage>
  );
}
