import { ActionIcon, Button, Skeleton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ChevronLeft, Users } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { api, unwrap } from '../../api';
import { FailureAlert } from '../../feedback/FailureAlert';
import { useText } from '../../i18n/TextProvider';
import { given } from '../../list/search';
import { framesOf } from '../../live/frames';
import { keys } from '../../live/keys';
import { useFrames } from '../../live/LiveProvider';
import { PageTitle } from '../../shell/PageTitle';
import { useFormat } from '../../time/useFormat';
import { Composer } from './Composer';
import classes from './Groups.module.css';
import { saidIn } from './log';
import { Log } from './Log';
import { Members } from './Members';
import { addToLog, groupQuery, logQuery } from './queries';
import { Thread } from './Thread';
import { useRead } from './useRead';

const route = getRouteApi('/signed-in/groups');

/** One conversation, as it goes on. */
export function Chat({ id, thread, isAlone }: { id: string; thread: string | undefined; isAlone: boolean }) {
  const { groups: words } = useText();
  const { number } = useFormat();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const group = useQuery(groupQuery(id));
  const log = useInfiniteQuery(logQuery(id));
  const [shown, members] = useDisclosure();
  const said = useMemo(() => log.data && saidIn(log.data.pages.flatMap(({ items }) => items)), [log.data]);
  const last = log.data?.pages[0]?.items.at(-1)?.seq ?? 0;
  useRead(id, group.data?.joined === true ? last : 0);

  useFrames(({ frames }) => {
    const came = framesOf(frames, 'group/message').filter(({ group_id }) => group_id === id);
    if (came.length > 0) {
      addToLog(queries, id, came);
      void queries.invalidateQueries({ queryKey: [...keys.groups, 'thread', id] });
    }
  });

  const join = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/groups/{id}/join', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.groups }),
  });
  const openThread = useCallback((root?: string) => void navigate({ to: '/groups/$id', params: { id }, search: (before) => given({ q: before.q, thread: root }) }), [navigate, id]);
  if (group.isError) {
    return <section className={classes.chat}><FailureAlert error={group.error} onRetry={() => void group.refetch()} /></section>;
  }
  return (
    <>
      <section className={classes.chat} aria-label={group.data?.name ?? words.title}>
        <div className={classes.head}>
          {isAlone && <ActionIcon component={Link} to="/groups" variant="subtle" color="gray" aria-label={words.back}><ChevronLeft size={18} /></ActionIcon>}
          <div style={{ flex: 1, minWidth: 0 }}>{group.data && (isAlone ? <PageTitle>{group.data.name}</PageTitle> : <h2>{group.data.name}</h2>)}</div>
          {group.data?.joined === false && <Button size="compact-sm" loading={join.isPending} onClick={() => { join.mutate(); }}>{words.join}</Button>}
          <Button size="compact-sm" variant="default" leftSection={<Users size={14} />} onClick={members.open}>{number(group.data?.members ?? 0)}<span style={{ position: 'absolute', clipPath: 'inset(50%)' }}>{words.people}</span></Button>
        </div>
        {log.isError && <FailureAlert error={log.error} onRetry={() => void log.refetch()} />}
        {join.isError && <FailureAlert error={join.error} />}
        {said === undefined ? <div className={classes.log}><Skeleton height={220} radius="md" /></div> : (
          <Log
            groupId={id}
            said={said}
            onThread={openThread}
            onEarlier={log.hasNextPage ? () => log.fetchNextPage() : undefined}
          />
        )}
        {group.data?.joined !== false && group.data?.archived_at == null && <Composer groupId={id} />}
      </section>
      {thread !== undefined && <Thread groupId={id} root={thread} onClose={() => { openThread(); }} />}
      {shown && group.data && <Members group={group.data} onClose={members.close} />}
    </>
  );
}
