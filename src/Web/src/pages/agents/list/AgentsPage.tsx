import { Button } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Bot } from 'lucide-react';
import { useText } from '../../../i18n/TextProvider';
import { Empty } from '../../../list/Empty';
import { ListPage } from '../../../list/ListPage';
import { NothingFound } from '../../../list/NothingFound';
import { given } from '../../../list/search';
import { useSelection } from '../../../list/useSelection';
import { VirtualTable } from '../../../list/VirtualTable';
import { AgentBoard } from './AgentBoard';
import { AgentDeeds } from './AgentDeeds';
import { AgentFilters } from './AgentFilters';
import { useAgentColumns } from './columns';
import { idOf, useAgentList } from './useAgentList';

const route = getRouteApi('/signed-in/agents');

export function AgentsPage() {
  const { agents: words } = useText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { agents, rows, total, onNews, box } = useAgentList(search);
  const selection = useSelection();
  const columns = useAgentColumns();
  const isFiltered = Object.keys(search).some((name) => name !== 'view');

  const empty = isFiltered ? (
    <NothingFound icon={Bot} onClear={() => void navigate({ search: {} })} />
  ) : (
    <Empty icon={Bot} title={words.empty} hint={words.emptyHint}>
      <Button size="xs" component={Link} to="/posts">{words.toPosts}</Button>
    </Empty>
  );

  return (
    <ListPage
      title={words.title}
      total={total}
      filters={<AgentFilters search={search} onChange={(next) => void navigate({ search: next, replace: true })} />}
      error={agents.error}
      onRetry={() => void agents.refetch()}
      selection={selection}
      deeds={<AgentDeeds selection={selection} />}
      onNews={search.view === 'board' ? undefined : onNews}
    >
      {search.view === 'board' && rows?.length !== 0 ? (
        <AgentBoard search={search} onColumn={(status) => void navigate({ search: { ...given({ ...search, view: undefined }), status } })} />
      ) : (
        <VirtualTable
          label={words.title}
          columns={columns}
          rows={rows}
          {...(total && { total: total.total })}
          idOf={idOf}
          nameOf={({ name }) => name}
          onOpen={({ id }) => void navigate({ to: '/agents/$id', params: { id } })}
          selection={selection}
          onEnd={agents.hasNextPage && !agents.isFetchingNextPage ? () => void agents.fetchNextPage() : undefined}
          boxRef={box}
          empty={empty}
        />
      )}
    </ListPage>
  );
}
