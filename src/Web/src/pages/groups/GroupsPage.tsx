import { ActionIcon, Skeleton, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useParams } from '@tanstack/react-router';
import { MessagesSquare, Plus } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useCommands } from '../../commands/commands';
import { FailureAlert } from '../../feedback/FailureAlert';
import { useText } from '../../i18n/TextProvider';
import { Empty } from '../../list/Empty';
import { flatten } from '../../list/pages';
import { given } from '../../list/search';
import { SearchField } from '../../list/SearchField';
import { usePhone } from '../../list/usePhone';
import { VirtualRows } from '../../list/VirtualRows';
import { framesOf } from '../../live/frames';
import { keys } from '../../live/keys';
import { useFrames } from '../../live/LiveProvider';
import { throttled } from '../../live/throttle';
import { PageTitle } from '../../shell/PageTitle';
import { useFormat } from '../../time/useFormat';
import { When } from '../../time/When';
import { Chat } from './Chat';
import classes from './Groups.module.css';
import { NewGroup } from './NewGroup';
import { groupsQuery, type Group } from './queries';

const route = getRouteApi('/signed-in/groups');
const idOf = ({ id }: Group) => id;
const groupHeight = 56;

/** All conversations, and beside them the one that is read. */
export function GroupsPage() {
  const { groups: words } = useText();
  const { q, thread } = route.useSearch();
  const { id } = useParams({ strict: false });
  const phone = usePhone();
  const navigate = route.useNavigate();
  const [opened, dialog] = useDisclosure();
  useCommands([{ id: 'groups:new', label: words.create, group: 'page', keys: ['c'], icon: Plus, run: dialog.open }]);
  const list = (!phone || id === undefined) && (
    <nav className={classes.list} aria-label={words.title}>
      <div className={classes.listHead}>
        {id === undefined || !phone ? <PageTitle focus={id === undefined}>{words.title}</PageTitle> : null}
        <ActionIcon variant="default" size={30} aria-label={words.create} title={words.create} onClick={dialog.open}><Plus size={16} /></ActionIcon>
      </div>
      <SearchField value={q} label={words.find} onChange={(next) => void navigate({ search: given({ q: next, thread }), replace: true })} />
      <Groups q={q} chosen={id} />
    </nav>
  );
  return (
    <div className={classes.page} data-fills>
      {list}
      {id !== undefined ? (
        <Chat key={id} id={id} thread={thread} isAlone={phone} />
      ) : (
        !phone && <div className={classes.nothing}><Empty icon={MessagesSquare} title={words.choose} hint={words.chooseHint} /></div>
      )}
      {opened && <NewGroup onClose={dialog.close} />}
    </div>
  );
}

function Groups({ q, chosen }: { q: string | undefined; chosen: string | undefined }) {
  const { groups: words, list } = useText();
  const { number } = useFormat();
  const queries = useQueryClient();
  const groups = useInfiniteQuery(groupsQuery(q));
  const rows = useMemo(
    () => groups.data && flatten(groups.data.pages, idOf).sort((a, b) => (b.last_message_at ?? b.created_at).localeCompare(a.last_message_at ?? a.created_at)),
    [groups.data],
  );
  const again = useMemo(() => throttled(() => void queries.invalidateQueries({ queryKey: [...keys.groups, 'list'] }), 1_500), [queries]);
  useEffect(() => again.cancel, [again]);
  useFrames(({ frames }) => {
    if (framesOf(frames, 'group/message').length > 0 || framesOf(frames, 'group/joined').length > 0) {
      again.call();
    }
  });
  if (groups.isError) {
    return <FailureAlert error={groups.error} onRetry={() => void groups.refetch()} />;
  }
  return (
    <>
      {rows === undefined && Array.from({ length: 5 }, (_, at) => <Skeleton key={at} height={40} radius="md" flex="none" />)}
      {rows?.length === 0 && <Text size="sm" c="dimmed" p="sm">{q === undefined ? words.empty : list.nothingFound}</Text>}
      {rows !== undefined && rows.length > 0 && (
        <VirtualRows rows={rows} idOf={idOf} height={groupHeight} onEnd={groups.hasNextPage && !groups.isFetchingNextPage ? () => void groups.fetchNextPage() : undefined}>
          {(group) => (
            <Link to="/groups/$id" params={{ id: group.id }} search={given({ q })} className={classes.group} aria-current={group.id === chosen ? 'page' : undefined} data-unread={(group.unread ?? 0) > 0 || undefined}>
              <span className={classes.name}>{group.name}</span>
              <span className={classes.aside}>{(group.unread ?? 0) > 0 && group.id !== chosen ? <span className={classes.unread} aria-label={words.unread(number(group.unread ?? 0))}>{number(group.unread ?? 0)}</span> : group.last_message_at !== null && <When at={group.last_message_at} />}</span>
              <span className={classes.about}>{group.joined ? words.members(number(group.members)) : words.notIn}</span>
            </Link>
          )}
        </VirtualRows>
      )}
    </>
  );
}
