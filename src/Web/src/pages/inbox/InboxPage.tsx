import { SegmentedControl } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { Inbox } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useText } from '../../i18n/TextProvider';
import { Empty } from '../../list/Empty';
import { ListPage } from '../../list/ListPage';
import { useSelection } from '../../list/useSelection';
import { VirtualTable } from '../../list/VirtualTable';
import { useInboxColumns } from './columns';
import { InboxDeeds } from './InboxDeeds';
import classes from './Inbox.module.css';
import { ItemPanel } from './ItemPanel';
import { kinds, rowAt, titleOf, type Item } from './items';
import { useInbox } from './useInbox';
import { useInboxKeys } from './useInboxKeys';

const route = getRouteApi('/signed-in/inbox');

/** All that waits for this person, and beside it what is looked at, to be answered by one key. */
export function InboxPage() {
  const { inbox: words } = useText();
  const { kind } = route.useSearch();
  const navigate = route.useNavigate();
  const { items, error, retry, onEnd } = useInbox(kind);
  const selection = useSelection();
  const [chosen, setChosen] = useState<{ id: string | undefined; place: number }>({ id: undefined, place: 0 });
  const place = rowAt(items ?? [], chosen.id, chosen.place);
  const active = items?.[place];
  const choose = useCallback(
    (id: string) => {
      setChosen({ id, place: items?.findIndex((item) => item.id === id) ?? 0 });
    },
    [items],
  );
  const columns = useInboxColumns(choose);
  const open = (item: Item) => {
    if (item.kind !== 'mention') {
      void navigate({ to: '/tasks/$id', params: { id: item.question.task_id } });
    }
  };
  useInboxKeys(active);
  const selected = items?.filter(({ id }) => selection.ids.has(id)) ?? [];

  return (
    <ListPage
      title={words.title}
      total={items && { total: items.length }}
      error={error}
      onRetry={retry}
      filters={
        <SegmentedControl
          aria-label={words.kinds.label}
          value={kind ?? 'all'}
          data={[{ value: 'all', label: words.kinds.all }, ...kinds.map((value) => ({ value, label: words.kinds[value] }))]}
          onChange={(next) => {
            const known = kinds.find((one) => one === next);
            void navigate({ search: known === undefined ? {} : { kind: known }, replace: true });
          }}
        />
      }
      selection={selection}
      deeds={<InboxDeeds items={selected} onDone={selection.clear} />}
    >
      <div className={classes.panes} data-empty={items?.length === 0 || undefined}>
        <VirtualTable
          label={words.title}
          columns={columns}
          rows={items}
          idOf={({ id }) => id}
          nameOf={titleOf}
          onOpen={open}
          selection={selection}
          onEnd={onEnd}
          activeId={active?.id}
          onActive={choose}
          empty={<Empty icon={Inbox} title={words.empty} hint={words.emptyHint} />}
        />
        {items?.length !== 0 && <aside className={classes.panel} aria-label={words.columns.what}>{active ? <ItemPanel key={active.id} item={active} /> : words.choose}</aside>}
      </div>
    </ListPage>
  );
}
