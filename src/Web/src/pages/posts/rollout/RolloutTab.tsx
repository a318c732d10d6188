import { Paper, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Rocket } from 'lucide-react';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { Empty } from '../../../list/Empty';
import { PlainTable } from '../../../parts/PlainTable';
import { useFormat } from '../../../time/useFormat';
import { When } from '../../../time/When';
import { rolloutsQuery, type PostView } from '../queries';
import { OpenRollout } from './OpenRollout';
import { StartRollout } from './StartRollout';

/** How a version comes to all agents: what is under way, what can be begun, and what was. */
export function RolloutTab({ post }: { post: PostView }) {
  const { rollout: words } = useText().posts;
  const { number, percent } = useFormat();
  const rollouts = useQuery(rolloutsQuery(post.id));
  const states: Record<string, string | undefined> = words.states;
  if (rollouts.data === undefined) {
    return rollouts.isError ? <FailureAlert error={rollouts.error} onRetry={() => void rollouts.refetch()} /> : <Skeleton height={200} radius="lg" />;
  }
  const open = rollouts.data.items.find((one) => one.ended_at === null);
  const past = rollouts.data.items.filter((one) => one.ended_at !== null);
  return (
    <Stack gap="md">
      {rollouts.isError && <FailureAlert error={rollouts.error} onRetry={() => void rollouts.refetch()} />}
      {open !== undefined ? <OpenRollout rollout={open} /> : post.version > 1 ? <StartRollout key={post.version} post={post} /> : (
        <Paper py={32}><Empty icon={Rocket} title={words.empty} hint={words.emptyHint} /></Paper>
      )}
      {past.length > 0 && (
        <>
          <Text component="h2" size="sm" fw={600} m={0}>{words.past}</Text>
          <PlainTable
            label={words.past}
            heads={[words.way, words.outcome, words.reason, words.new, words.by, words.ended]}
            rows={past.map((one) => ({
              key: one.id,
              cells: [
                words.fromTo(number(one.from), number(one.to)),
                states[one.state] ?? one.state,
                one.reason,
                one.new.success === null ? '–' : words.tally(percent(one.new.success / 100), number(one.new.done + one.new.failed)),
                one.started_by.name,
                <When key="w" at={one.ended_at} />,
              ],
            }))}
          />
        </>
      )}
    </Stack>
  );
}
