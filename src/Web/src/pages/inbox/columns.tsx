import { useMemo } from 'react';
import { useText } from '../../i18n/TextProvider';
import type { Column } from '../../list/VirtualTable';
import { AgentName } from '../../names/Name';
import { When } from '../../time/When';
import classes from './Inbox.module.css';
import { KindMark } from './KindMark';
import { titleOf, type Item } from './items';

export function useInboxColumns(choose: (id: string) => void): readonly Column<Item>[] {
  const { inbox: words } = useText();
  return useMemo(
    () => [
      { key: 'kind', head: words.columns.kind, width: '96px', phone: true, cell: (item) => <KindMark kind={item.kind} /> },
      {
        key: 'what',
        head: words.columns.what,
        width: 'minmax(120px, 1fr)',
        phone: true,
        cell: (item) => (
          <button type="button" className={classes.choose} onClick={() => { choose(item.id); }}>
            {titleOf(item)}
          </button>
        ),
      },
      { key: 'from', head: words.columns.from, width: 'minmax(84px, 0.4fr)', cell: (item) => (item.kind === 'mention' ? <span>{item.mention.from}</span> : <AgentName id={item.question.agent_id} />) },
      {
        key: 'when',
        head: words.columns.when,
        width: '92px',
        align: 'right',
        cell: (item) => <When at={item.kind === 'mention' ? item.mention.timestamp : item.question.asked_at} />,
      },
    ],
    [words, choose],
  );
}
