import { Button, Select, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Plus, Server, X } from 'lucide-react';
import { useMemo } from 'react';
import { useCommands } from '../../commands/commands';
import { useText } from '../../i18n/TextProvider';
import { Empty } from '../../list/Empty';
import { ListPage } from '../../list/ListPage';
import { NothingFound } from '../../list/NothingFound';
import { flatten } from '../../list/pages';
import { SavedFilters } from '../../list/SavedFilters';
import { given } from '../../list/search';
import { SearchField } from '../../list/SearchField';
import { VirtualTable } from '../../list/VirtualTable';
import { nameOf, useDeviceColumns } from './columns';
import { EnrolDialog } from './EnrolDialog';
import { devicesQuery, type Device } from './queries';
import { readDeviceSearch, statuses, type DeviceSearch } from './search';

const route = getRouteApi('/signed-in/devices');
const idOf = ({ id }: Device) => id;

export function DevicesPage() {
  const { devices: words, list, parts } = useText();
  const { enrol, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const devices = useInfiniteQuery(devicesQuery(filters));
  const rows = useMemo(() => (devices.data === undefined ? undefined : flatten(devices.data.pages, idOf)), [devices.data]);
  const columns = useDeviceColumns();
  const isFiltered = Object.keys(filters).length > 0;
  const set = (change: { [Key in keyof DeviceSearch]: DeviceSearch[Key] | undefined }) => void navigate({ search: given({ ...filters, ...change }), replace: true });
  const openEnrol = () => { set({ enrol: true }); };
  useCommands([{ id: 'devices:enrol', label: words.enrol.deed, group: 'page', keys: ['c'], icon: Plus, run: openEnrol }]);
  const button = (
    <Button size="xs" leftSection={<Plus size={14} />} onClick={openEnrol}>
      {words.enrol.deed}
    </Button>
  );

  return (
    <ListPage
      title={words.title}
      total={devices.data?.pages[0]}
      actions={button}
      error={devices.error}
      onRetry={() => void devices.refetch()}
      filters={
        <>
          <SearchField value={filters.q} label={words.filters.q} onChange={(q) => { set({ q }); }} />
          <Select size="xs" w={130} clearable aria-label={words.filters.status} placeholder={words.filters.status} value={filters.status ?? null} data={statuses.map((value) => ({ value, label: parts.states[value] }))} onChange={(status) => { set({ status: status ?? undefined }); }} />
          <TextInput key={filters.label} size="xs" w={170} aria-label={words.filters.label} placeholder={words.filters.label} defaultValue={filters.label ?? ''} onBlur={({ currentTarget: { value } }) => { if (value.trim() !== (filters.label ?? '')) { set({ label: value.trim() || undefined }); } }} onKeyDown={(event) => { if (event.key === 'Enter') { event.currentTarget.blur(); } }} />
          <SavedFilters list="devices" search={filters} onChoose={(saved) => void navigate({ search: readDeviceSearch(saved), replace: true })} />
          {isFiltered && <Button size="xs" variant="subtle" color="gray" leftSection={<X size={13} />} onClick={() => void navigate({ search: {}, replace: true })}>{list.clearFilters}</Button>}
        </>
      }
    >
      <VirtualTable
        label={words.title}
        columns={columns}
        rows={rows}
        {...(devices.data?.pages[0] && { total: devices.data.pages[0].total })}
        idOf={idOf}
        nameOf={nameOf}
        onOpen={({ id }) => void navigate({ to: '/devices/$id', params: { id } })}
        onEnd={devices.hasNextPage && !devices.isFetchingNextPage ? () => void devices.fetchNextPage() : undefined}
        empty={isFiltered ? <NothingFound icon={Server} onClear={() => void navigate({ search: {}, replace: true })} /> : <Empty icon={Server} title={words.empty} hint={words.emptyHint}>{button}</Empty>}
      />
      <EnrolDialog opened={enrol === true} onClose={() => { set({ enrol: undefined }); }} />
    </ListPage>
  );
}
