import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../../i18n/TextProvider';
import { SavedFilters } from '../../../list/SavedFilters';
import { given, oneOf } from '../../../list/search';
import { SearchField } from '../../../list/SearchField';
import { usePhone } from '../../../list/usePhone';
import { DevicePicker, PostPicker } from '../../../names/Picker';
import { agentFilters, readAgentSearch, type AgentSearch } from '../search';

export function AgentFilters({ search, onChange }: { search: AgentSearch; onChange: (search: AgentSearch) => void }) {
  const { agents: words, list, parts } = useText();
  const phone = usePhone();
  const { view, ...filters } = search;
  const set = (change: { [Key in keyof AgentSearch]: AgentSearch[Key] | undefined }) => {
    onChange(given({ ...search, ...change }));
  };
  return (
    <>
      <SearchField value={search.q} label={words.filters.q} onChange={(q) => { set({ q }); }} />
      {view !== 'board' && (
        <Select
          size="xs"
          w={130}
          clearable
          aria-label={words.columns.state}
          placeholder={words.columns.state}
          data={agentFilters.map((value) => ({ value, label: value === 'here' ? words.filters.here : parts.states[value] }))}
          value={search.status ?? null}
          onChange={(status) => { set({ status: oneOf(status, agentFilters) }); }}
        />
      )}
      {!phone && (
        <>
          <div style={{ width: 140 }}><PostPicker size="xs" bare label={words.columns.post} value={search.post} onChange={(post) => { set({ post }); }} /></div>
          <div style={{ width: 140 }}><DevicePicker size="xs" bare label={words.columns.device} value={search.device} onChange={(device) => { set({ device }); }} /></div>
          <Label key={search.label} value={search.label} onChange={(label) => { set({ label }); }} />
        </>
      )}
      <SavedFilters list="agents" search={{ ...filters }} onChoose={(saved) => { onChange({ ...given({ view }), ...readAgentSearch(saved) }); }} />
      {Object.keys(filters).length > 0 && (
        <Button size="xs" variant="subtle" color="gray" leftSection={<X size={13} />} onClick={() => { onChange(given({ view })); }}>
          {list.clearFilters}
        </Button>
      )}
      <SegmentedControl
        ml="auto"
        aria-label={words.views.label}
        value={view ?? 'list'}
        data={[{ value: 'list', label: words.views.list }, { value: 'board', label: words.views.board }]}
        onChange={(next) => { set(next === 'board' ? { view: 'board', status: undefined } : { view: undefined }); }}
      />
    </>
  );
}

function Label({ value, onChange }: { value: string | undefined; onChange: (label: string | undefined) => void }) {
  const { agents: words } = useText();
  const [typed, setTyped] = useState(value ?? '');
  const tell = () => { onChange(typed.trim() === '' ? undefined : typed.trim()); };
  return (
    <TextInput
      size="xs"
      w={140}
      aria-label={words.filters.label}
      placeholder={words.filters.label}
      value={typed}
      onBlur={tell}
      onKeyDown={({ key }) => { if (key === 'Enter') { tell(); } }}
      onChange={({ currentTarget }) => { setTyped(currentTarget.value); }}
    />
  );
}
