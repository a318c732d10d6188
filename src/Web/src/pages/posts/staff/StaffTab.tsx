import { Button, Group, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Bot, Plus } from 'lucide-react';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { Empty } from '../../../list/Empty';
import { flatten } from '../../../list/pages';
import { short } from '../../../names/short';
import { PlainTable } from '../../../parts/PlainTable';
import { StateBadge } from '../../../parts/StateBadge';
import { useFormat } from '../../../time/useFormat';
import { staffQuery, type PostView } from '../queries';
import { MakeAgents } from './MakeAgents';

/** The agents of a post, and which version each has. */
export function StaffTab({ post }: { post: PostView }) {
  const { staff: words } = useText().posts;
  const { number } = useFormat();
  const [opened, dialog] = useDisclosure();
  const staff = useInfiniteQuery(staffQuery(post.id));
  const rows = staff.data && flatten(staff.data.pages, ({ id }) => id);
  const make = <Button size="xs" leftSection={<Plus size={14} />} onClick={dialog.open}>{words.make}</Button>;
  return (
    <Stack gap="md">
      {staff.isError && <FailureAlert error={staff.error} onRetry={() => void staff.refetch()} />}
      {staff.isPending && <Skeleton height={140} radius="lg" />}
      {rows?.length === 0 && <Paper py={32}><Empty icon={Bot} title={words.empty} hint={words.emptyHint}>{make}</Empty></Paper>}
      {rows !== undefined && rows.length > 0 && (
        <>
          <Group justify="space-between">
            <Text size="sm" c="dimmed">{words.count(number(staff.data?.pages[0]?.total ?? rows.length))}</Text>
            {make}
          </Group>
          <PlainTable
            label={words.title}
            heads={[words.name, words.state, words.device, words.version, words.held]}
            total={staff.data?.pages[0]?.total}
            onMore={staff.hasNextPage && !staff.isFetchingNextPage ? () => void staff.fetchNextPage() : undefined}
            rows={rows.map((agent) => ({
              key: agent.id,
              cells: [
                <Link key="n" to="/agents/$id" params={{ id: agent.id }}>{agent.name}</Link>,
                <StateBadge key="s" state={agent.online ? 'online' : 'offline'} />,
                agent.device_id === null ? '–' : <span key="d" title={agent.device_id}>{short(agent.device_id)}</span>,
                number(agent.version),
                <span key="h">{agent.held_version === null ? '–' : number(agent.held_version)}{agent.drift ? ` · ${words.drift}` : ''}</span>,
              ],
            }))}
          />
        </>
      )}
      {opened && <MakeAgents post={post} onClose={dialog.close} />}
    </Stack>
  );
}
