import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useText } from '../../../i18n/TextProvider';
import type { Column } from '../../../list/VirtualTable';
import table from '../../../list/VirtualTable.module.css';
import { DeviceName, PostName } from '../../../names/Name';
import { StateBadge } from '../../../parts/StateBadge';
import { When } from '../../../time/When';
import type { AgentView } from '../queries';

export function useAgentColumns(): readonly Column<AgentView>[] {
  const { agents: words } = useText();
  return useMemo(
    () => [
      { key: 'state', head: words.columns.state, width: '108px', phone: true, cell: ({ status }) => <StateBadge state={status} /> },
      {
        key: 'name',
        head: words.columns.name,
        width: 'minmax(110px, 1.4fr)',
        phone: true,
        cell: ({ id, name }) => <Link to="/agents/$id" params={{ id }} className={table.link} title={id}>{name}</Link>,
      },
      { key: 'post', head: words.columns.post, width: 'minmax(110px, 1fr)', cell: ({ post_id }) => <PostName id={post_id} /> },
      { key: 'device', head: words.columns.device, width: 'minmax(100px, 1fr)', cell: ({ device_id }) => device_id === null ? <span>–</span> : <DeviceName id={device_id} /> },
      { key: 'load', head: words.columns.load, width: '72px', align: 'right', phone: true, cell: ({ running, concurrency }) => <span>{`${String(running)} / ${String(concurrency)}`}</span> },
      { key: 'pool', head: words.columns.pool, width: '100px', cell: ({ pool }) => <span>{pool}</span> },
      { key: 'seen', head: words.columns.seen, width: '104px', align: 'right', cell: ({ last_seen }) => <When at={last_seen} /> },
    ],
    [words],
  );
}
