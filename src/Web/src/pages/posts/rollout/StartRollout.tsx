import { Button, Group, NumberInput, Paper, Select, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../../api';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { toast } from '../../../feedback/toasts';
import { useText } from '../../../i18n/TextProvider';
import { flatten } from '../../../list/pages';
import { given } from '../../../list/search';
import { keys } from '../../../live/keys';
import { useFormat } from '../../../time/useFormat';
import { versionsQuery, type PostView } from '../queries';
import { stepsOf } from '../template';

const terms = ['tasks', 'success_drop', 'cost_rise', 'min_success'] as const;

/** Brings a version to the agents step by step. */
export function StartRollout({ post }: { post: PostView }) {
  const { rollout: words } = useText().posts;
  const { number } = useFormat();
  const queries = useQueryClient();
  const versions = useInfiniteQuery(versionsQuery(post.id));
  const others = flatten(versions.data?.pages, (version) => String(version.number)).filter((version) => version.number !== post.released);
  const [version, setVersion] = useState<number>();
  const [steps, setSteps] = useState('10, 50, 100');
  const [automatic, setAutomatic] = useState(true);
  const [limits, setLimits] = useState<{ [Name in (typeof terms)[number]]?: number }>({});
  const [note, setNote] = useState('');
  const chosen = version ?? others[0]?.number;
  const good = stepsOf(steps);
  const start = useMutation({
    mutationFn: () =>
      unwrap(api.POST('/api/v1/posts/{id}/rollouts', {
        params: { path: { id: post.id } },
        body: { ...given({ version: chosen, steps: good, note: note.trim() === '' ? undefined : note.trim() }), automatic, ...limits },
      })),
    onSuccess: () => {
      toast(words.started);
      void queries.invalidateQueries({ queryKey: keys.posts });
    },
  });
  return (
    <Paper p="lg" component="form" onSubmit={(event) => { event.preventDefault(); start.mutate(); }}>
      <Stack gap="md">
        <div>
          <Text fw={600}>{words.start}</Text>
          <Text size="sm" c="dimmed">{words.startHint(number(post.released))}</Text>
        </div>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <Select
            label={words.version}
            allowDeselect={false}
            data={others.map((one) => ({ value: String(one.number), label: one.note === '' ? number(one.number) : `${number(one.number)} · ${one.note}` }))}
            value={chosen === undefined ? null : String(chosen)}
            onChange={(value) => { setVersion(Number(value)); }}
          />
          <TextInput label={words.stepsOf} error={good === undefined ? words.stepsWrong : undefined} value={steps} onChange={({ currentTarget }) => { setSteps(currentTarget.value); }} />
        </SimpleGrid>
        <Switch label={words.automatic} checked={automatic} onChange={({ currentTarget }) => { setAutomatic(currentTarget.checked); }} />
        {automatic && (
          <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
            {terms.map((name) => (
              <NumberInput
                key={name}
                label={words.term[name]}
                placeholder={words.usual}
                min={0}
                decimalScale={name === 'tasks' ? 0 : 1}
                hideControls
                value={limits[name] ?? ''}
                onChange={(value) => { setLimits(given({ ...limits, [name]: value === '' ? undefined : Number(value) })); }}
              />
            ))}
          </SimpleGrid>
        )}
        <TextInput label={words.note} maxLength={500} value={note} onChange={({ currentTarget }) => { setNote(currentTarget.value); }} />
        {start.isError && <FailureAlert error={start.error} />}
        <Group justify="flex-end"><Button type="submit" loading={start.isPending} disabled={good === undefined || chosen === undefined}>{words.start}</Button></Group>
      </Stack>
    </Paper>
  );
}
