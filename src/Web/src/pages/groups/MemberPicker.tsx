import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../api';
import { useText } from '../../i18n/TextProvider';
import { useMe } from '../../session/session';

const most = 30;

/** Agents, and for who may see all people, people. What is chosen is as the API names members: "agent:ID". */
export function MemberPicker({ value, onChange }: { value: string[]; onChange: (members: string[]) => void }) {
  const { groups: words, commands } = useText();
  const me = useMe();
  const seesPeople = me?.roles.includes('admin') === true;
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed, 150);
  const [labels, setLabels] = useState<ReadonlyMap<string, string>>(new Map());
  const found = useQuery({
    queryKey: ['members', 'choices', q, seesPeople],
    queryFn: async ({ signal }) => {
      const [agents, people] = await Promise.all([
        unwrap(api.GET('/api/v1/agents', { params: { query: { q, page_size: most } }, signal })),
        seesPeople ? unwrap(api.GET('/api/v1/users', { params: { query: { q, page_size: most } }, signal })) : undefined,
      ]);
      return [
        ...(people?.items ?? []).filter(({ id }) => id !== me?.id).map(({ id, name }) => ({ value: `user:${id}`, label: name })),
        ...agents.items.map(({ id, name }) => ({ value: `agent:${id}`, label: name })),
      ];
    },
    placeholderData: keepPreviousData,
  });
  const choices = found.data ?? [];
  const kept = value.filter((one) => !choices.some((choice) => choice.value === one)).map((one) => ({ value: one, label: labels.get(one) ?? one }));
  return (
    <MultiSelect
      label={words.whom}
      searchable
      data={[...kept, ...choices]}
      value={value}
      nothingFoundMessage={found.isFetching ? commands.searching : commands.nothing}
      // What was found was found by the server.
      filter={({ options }) => options}
      onSearchChange={setTyped}
      onChange={(members) => {
        setLabels(new Map([...labels, ...choices.map((choice) => [choice.value, choice.label] as const)]));
        onChange(members);
      }}
    />
  );
}
