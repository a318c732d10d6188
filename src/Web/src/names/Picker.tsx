import { Select, type MantineSize } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../i18n/TextProvider';
import { findAgents, findDevices, findPosts, type Find } from './find';
import { agentQuery, postQuery } from './queries';
import { short } from './short';

export interface PickerProps {
  label: string;
  value: string | undefined;
  onChange: (id: string | undefined) => void;
  size?: MantineSize;
  /** The label stands in the field, not above it. */
  bare?: boolean;
  error?: string | undefined;
}

export function AgentPicker(props: PickerProps) {
  const chosen = useQuery({ ...agentQuery(props.value ?? ''), enabled: props.value !== undefined });
  return <Picker {...props} kind="agents" find={findAgents} name={chosen.data?.name} />;
}

export function PostPicker(props: PickerProps) {
  const chosen = useQuery({ ...postQuery(props.value ?? ''), enabled: props.value !== undefined });
  return <Picker {...props} kind="posts" find={findPosts} name={chosen.data?.name} />;
}

export function DevicePicker(props: PickerProps) {
  return <Picker {...props} kind="devices" find={findDevices} name={undefined} />;
}

function Picker({ label, value, onChange, size = 'sm', bare = false, error, kind, find, name }: PickerProps & { kind: string; find: Find; name: string | undefined }) {
  const { commands } = useText();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed === name ? '' : typed, 150);
  const choices = useQuery({
    queryKey: [kind, 'choices', q],
    queryFn: ({ signal }) => find(q, signal),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  const all = choices.data ?? [];
  const data = value === undefined || all.some((choice) => choice.value === value) ? all : [{ value, label: name ?? short(value) }, ...all];
  return (
    <Select
      size={size}
      {...(bare ? { 'aria-label': label, placeholder: label } : { label })}
      searchable
      clearable
      data={data}
      value={value ?? null}
      error={error}
      nothingFoundMessage={choices.isFetching ? commands.searching : commands.nothing}
      // What was found was found by the server, also by words that do not stand in the name.
      filter={({ options }) => options}
      onSearchChange={setTyped}
      onChange={(id) => {
        onChange(id ?? undefined);
      }}
    />
  );
}
