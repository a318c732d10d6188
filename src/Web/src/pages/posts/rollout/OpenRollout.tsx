import { Button, Group, Paper, Stack, Switch, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ArrowRight, Check, Undo2 } from 'lucide-react';
import { api, unwrap } from '../../../api';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { toast } from '../../../feedback/toasts';
import { useText } from '../../../i18n/TextProvider';
import { keys } from '../../../live/keys';
import { Confirm } from '../../../parts/Confirm';
import { PlainTable } from '../../../parts/PlainTable';
import { useFormat } from '../../../time/useFormat';
import { When } from '../../../time/When';
import classes from '../Posts.module.css';
import type { Rollout } from '../queries';

/** A version on its way: how far it is, what the trial says, on or back. */
export function OpenRollout({ rollout }: { rollout: Rollout }) {
  const { rollout: words } = useText().posts;
  const { number, percent, compact, dollars } = useFormat();
  const queries = useQueryClient();
  const [asked, ask] = useDisclosure();
  const path = { id: rollout.post_id, rolloutId: rollout.id };
  const act = useMutation({
    mutationFn: ({ deed, note }: { deed: 'advance' | 'back' | 'automatic' | 'byHand'; note?: string }) => {
      const body = note === undefined || note === '' ? {} : { note };
      return deed === 'advance'
        ? unwrap(api.POST('/api/v1/posts/{id}/rollouts/{rolloutId}/advance', { params: { path }, body }))
        : deed === 'back'
          ? unwrap(api.POST('/api/v1/posts/{id}/rollouts/{rolloutId}/back', { params: { path }, body }))
          : unwrap(api.PATCH('/api/v1/posts/{id}/rollouts/{rolloutId}', { params: { path }, body: { automatic: deed === 'automatic' } }));
    },
    onSuccess: (_, { deed }) => {
      ask.close();
      if (deed === 'advance' || deed === 'back') {
        toast(deed === 'advance' ? words.advanced : words.wentBack);
      }
    },
    onSettled: () => Promise.all([queries.invalidateQueries({ queryKey: keys.posts }), queries.invalidateQueries({ queryKey: [...keys.agents, 'of post', rollout.post_id] })]),
  });
  const tallies = [[words.new, rollout.new], [words.old, rollout.old], [words.before, rollout.before]] as const;
  return (
    <Paper p="lg" component="section" aria-label={words.open}>
      <Stack gap="md">
        <Group justify="space-between" align="flex-start">
          <div>
            <Text fw={600}>{words.fromTo(number(rollout.from), number(rollout.to))}</Text>
            <Text size="sm" c="dimmed">
              {words.onAgents(percent(rollout.percent / 100), number(rollout.agents.length))} · <When at={rollout.step_at} /> · {rollout.started_by.name}
            </Text>
          </div>
          <Group gap="xs">
            <Button size="xs" variant="default" leftSection={<Undo2 size={14} />} onClick={ask.open}>{words.back}</Button>
            <Button size="xs" leftSection={<ArrowRight size={14} />} loading={act.isPending} onClick={() => { act.mutate({ deed: 'advance' }); }}>{words.advance}</Button>
          </Group>
        </Group>
        <ol className={classes.steps} aria-label={words.steps}>
          {rollout.steps.map((step, at) => (
            <li key={step} data-done={at < rollout.step || undefined} aria-current={at === rollout.step ? 'step' : undefined}>
              {at < rollout.step && <Check size={13} aria-hidden="true" />}
              {percent(step / 100)}
            </li>
          ))}
        </ol>
        {rollout.reason !== '' && <Text size="sm" role="status">{rollout.reason}</Text>}
        {rollout.note !== '' && <Text size="sm" c="dimmed">{rollout.note}</Text>}
        <PlainTable
          label={words.trial}
          heads={[words.trial, words.done, words.failed, words.success, words.tokens, words.cost]}
          numbers={1}
          rows={tallies.map(([name, tally]) => ({
            key: name,
            cells: [name, number(tally.done), number(tally.failed), tally.success === null ? '–' : percent(tally.success / 100), compact(tally.tokens), dollars(tally.cost_usd)],
          }))}
        />
        <Text size="xs" c="dimmed">{words.terms(number(rollout.terms.tasks), number(rollout.terms.success_drop), number(rollout.terms.cost_rise), number(rollout.terms.min_success))}</Text>
        <Switch label={words.automatic} checked={rollout.automatic} disabled={act.isPending} onChange={({ currentTarget }) => { act.mutate({ deed: currentTarget.checked ? 'automatic' : 'byHand' }); }} />
        {act.isError && !asked && <FailureAlert error={act.error} />}
      </Stack>
      <Confirm title={words.back} deed={words.back} reason="asked" opened={asked} pending={act.isPending} error={act.error} onConfirm={(note) => { act.mutate({ deed: 'back', note }); }} onClose={ask.close}>{words.backHint(number(rollout.from))}</Confirm>
    </Paper>
  );
}
