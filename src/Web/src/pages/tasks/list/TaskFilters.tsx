import { ActionIcon, Button, MultiSelect, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { SlidersHorizontal, X } from 'lucide-react';
import { useText } from '../../../i18n/TextProvider';
import { SavedFilters } from '../../../list/SavedFilters';
import { given } from '../../../list/search';
import { SearchField } from '../../../list/SearchField';
import { usePhone } from '../../../list/usePhone';
import { AgentPicker, PostPicker } from '../../../names/Picker';
import { isSearchable, readTaskSearch, type TaskSearch } from '../search';
import { states } from '../states';
import { LabelFilter } from './LabelFilter';
import { ViewSwitch } from './ViewSwitch';

interface TaskFiltersProps {
  search: TaskSearch;
  onChange: (search: TaskSearch) => void;
}

/** All of it stands in the address, so a filter can be sent to somebody. */
export function TaskFilters({ search, onChange }: TaskFiltersProps) {
  const { tasks: words, list, parts } = useText();
  const { view, ...filters } = search;
  const rare = search.label !== undefined || search.from !== undefined || search.to !== undefined;
  const [opened, { toggle }] = useDisclosure(rare);
  const phone = usePhone();
  const usual = !phone || opened;
  const set = (change: { [Key in keyof TaskSearch]: TaskSearch[Key] | undefined }) => {
    onChange(given({ ...search, ...change }));
  };

  return (
    <>
      <SearchField
        value={search.q}
        label={search.q !== undefined && !isSearchable(search.q) ? words.filters.tooShort : words.filters.q}
        onChange={(q) => {
          set({ q });
        }}
      />
      {usual && view !== 'board' && (
        <MultiSelect
          size="xs"
          miw={150}
          aria-label={words.filters.status}
          {...(search.status === undefined && { placeholder: words.filters.status })}
          data={states.map((value) => ({ value, label: parts.states[value] }))}
          value={search.status ?? []}
          clearable
          onChange={(chosen) => {
            set({ status: chosen.length > 0 ? chosen : undefined });
          }}
        />
      )}
      {usual && (
        <>
          <PostPicker size="xs" bare label={words.filters.post} value={search.post} onChange={(post) => { set({ post }); }} />
          <AgentPicker size="xs" bare label={words.filters.agent} value={search.agent} onChange={(agent) => { set({ agent }); }} />
        </>
      )}
      {opened && (
        <>
          <LabelFilter value={search.label} onChange={(label) => { set({ label }); }} />
          <TextInput size="xs" type="date" aria-label={words.filters.from} title={words.filters.from} value={search.from ?? ''} onChange={({ currentTarget: { value } }) => { set({ from: value || undefined }); }} />
          <TextInput size="xs" type="date" aria-label={words.filters.to} title={words.filters.to} value={search.to ?? ''} onChange={({ currentTarget: { value } }) => { set({ to: value || undefined }); }} />
        </>
      )}
      <ActionIcon
        variant="default"
        size={30}
        aria-expanded={opened}
        aria-label={opened ? words.filters.fewer : words.filters.more}
        title={opened ? words.filters.fewer : words.filters.more}
        onClick={toggle}
      >
        <SlidersHorizontal size={14} />
      </ActionIcon>
      <SavedFilters list="tasks" search={{ ...filters }} onChoose={(saved) => { onChange({ ...given({ view }), ...readTaskSearch(saved) }); }} />
      {Object.keys(filters).length > 0 && (
        <Button size="xs" variant="subtle" color="gray" leftSection={<X size={13} />} onClick={() => { onChange(given({ view })); }}>
          {list.clearFilters}
        </Button>
      )}
      <div style={{ marginLeft: 'auto' }}>
        <ViewSwitch view={view} onChange={(next) => { set({ view: next, ...(next === 'board' && { status: undefined }) }); }} />
      </div>
    </>
  );
}
