import { MultiSelect, type MultiSelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../i18n/TextProvider';
import { findAgents, type Find } from './find';

interface ManyPickerProps extends Pick<MultiSelectProps, 'label' | 'description' | 'required' | 'error' | 'maxValues'> {
  /** Of the cache, for what is found. */
  kind: string;
  find: Find;
  value: string[];
  onChange: (ids: string[]) => void;
}

export function AgentsPicker(props: Omit<ManyPickerProps, 'kind' | 'find'>) {
  return <ManyPicker {...props} kind="agents" find={findAgents} />;
}

/** Some of what the server finds by what is typed. */
export function ManyPicker({ kind, find, onChange, ...field }: ManyPickerProps) {
  const { commands } = useText();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed, 150);
  const [labels, setLabels] = useState<ReadonlyMap<string, string>>(new Map());
  const found = useQuery({ queryKey: [kind, 'choices', q], queryFn: ({ signal }) => find(q, signal), placeholderData: keepPreviousData, staleTime: 10_000 });
  const choices = found.data ?? [];
  const kept = field.value.filter((one) => !choices.some((choice) => choice.value === one)).map((one) => ({ value: one, label: labels.get(one) ?? one }));
  return (
    <MultiSelect
      {...field}
      searchable
      data={[...kept, ...choices]}
      nothingFoundMessage={found.isFetching ? commands.searching : commands.nothing}
      // What was found was found by the server.
      filter={({ options }) => options}
      onSearchChange={setTyped}
      onChange={(ids) => {
        setLabels(new Map([...labels, ...choices.map(({ value, label }) => [value, label] as const)]));
        onChange(ids);
      }}
    />
  );
}
