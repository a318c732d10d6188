import { Paper, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Bot } from 'lucide-react';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { Empty } from '../../../list/Empty';
import { flatten } from '../../../list/pages';
import { VirtualTable } from '../../../list/VirtualTable';
import { PostName } from '../../../names/Name';
import { StateBadge } from '../../../parts/StateBadge';
import { useFormat } from '../../../time/useFormat';
import { deviceAgentsQuery } from '../queries';

export function AgentsTab({ id }: { id: string }) {
  const { agents: words } = useText().devices;
  const { number } = useFormat();
  const agents = useInfiniteQuery(deviceAgentsQuery(id));
  if (agents.isError) {
    return <FailureAlert error={agents.error} onRetry={() => void agents.refetch()} />;
  }
  if (agents.data === undefined) {
    return <Skeleton height={200} radius="lg" />;
  }
  const rows = flatten(agents.data.pages, (agent) => agent.id);
  return (
    <Paper style={{ display: 'flex', height: rows.length === 0 ? 260 : Math.min(560, 36 + rows.length * 42), overflow: 'hidden' }}>
      <VirtualTable
        label={words.name}
        rows={rows}
        columns={[
          { key: 'state', head: words.state, width: '110px', phone: true, cell: ({ status }) => <StateBadge state={status} /> },
          { key: 'name', head: words.name, width: '1fr', phone: true, cell: ({ name }) => <span>{name}</span> },
          { key: 'post', head: words.post, width: '1fr', cell: ({ post_id }) => <PostName id={post_id} /> },
          { key: 'running', head: words.running, width: '100px', align: 'right', cell: ({ running, concurrency }) => `${number(running)} / ${number(concurrency)}` },
        ]}
        idOf={(agent) => agent.id}
        nameOf={({ name }) => name}
        onOpen={() => undefined}
        onEnd={agents.hasNextPage && !agents.isFetchingNextPage ? () => void agents.fetchNextPage() : undefined}
        empty={<Empty icon={Bot} title={words.none} hint={words.noneHint} />}
      />
    </Paper>
  );
}
