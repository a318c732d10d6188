import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { agentQuery } from '../../../names/queries';
import { PostName } from '../../../names/Name';
import { DetailPage } from '../../../parts/DetailPage';
import { StateBadge } from '../../../parts/StateBadge';
import { pageOf } from '../../../shell/pages';
import { When } from '../../../time/When';
import { configQuery } from '../queries';
import { AgentActions } from './AgentActions';
import { ConfigTab } from './ConfigTab';
import { NowTab } from './NowTab';
import { QueueTab } from './QueueTab';
import { SessionsTab } from './SessionsTab';
import { UsageTab } from './UsageTab';

const route = getRouteApi('/signed-in/agents/$id');

export function AgentPage() {
  const { agents: words } = useText();
  const { id } = route.useParams();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const agent = useQuery(agentQuery(id));
  const config = useQuery(configQuery(id));

  if (agent.isError) {
    return <FailureAlert error={agent.error} onRetry={() => void agent.refetch()} />;
  }
  if (agent.data === undefined) {
    return <Skeleton height={180} radius="lg" />;
  }
  const { name, status, post_id, device_id, last_seen, running, concurrency, role } = agent.data;
  return (
    <DetailPage
      list={pageOf('/agents')}
      title={name}
      badge={<StateBadge state={status} />}
      about={
        <>
          {role !== '' && post_id === null && <span>{role}</span>}
          {post_id !== null && <Link to="/posts/$id" params={{ id: post_id }} style={{ color: 'inherit' }}><PostName id={post_id} /></Link>}
          {device_id !== null && <span>{words.on(device_id)}</span>}
          <span>{words.running(String(running), String(concurrency))}</span>
          {last_seen !== null && status === 'offline' && <span>{words.columns.seen} <When at={last_seen} /></span>}
        </>
      }
      actions={<AgentActions agent={agent.data} />}
      tab={tab ?? 'now'}
      onTab={(next) => void navigate({ search: next === 'now' ? {} : { tab: next }, replace: true })}
      tabs={[
        { value: 'now', label: words.tabs.now, count: running, panel: <NowTab agent={agent.data} /> },
        { value: 'queue', label: words.tabs.queue, panel: <QueueTab id={id} /> },
        { value: 'sessions', label: words.tabs.sessions, panel: <SessionsTab id={id} /> },
        { value: 'usage', label: words.tabs.usage, panel: <UsageTab id={id} /> },
        { value: 'config', label: config.data?.drift === true ? `${words.tabs.config} · ${words.config.drift}` : words.tabs.config, panel: <ConfigTab id={id} config={config} /> },
      ]}
    />
  );
}
