import { CloseButton, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { FailureAlert } from '../../feedback/FailureAlert';
import { useText } from '../../i18n/TextProvider';
import { Composer } from './Composer';
import classes from './Groups.module.css';
import { saidIn } from './log';
import { Log } from './Log';
import { threadQuery } from './queries';

/** What answers one message, beside the rest. */
export function Thread({ groupId, root, onClose }: { groupId: string; root: string; onClose: () => void }) {
  const { groups: words } = useText();
  const thread = useQuery(threadQuery(groupId, root));
  const said = useMemo(() => thread.data && saidIn(thread.data.items), [thread.data]);
  return (
    <section className={`${classes.chat ?? ''} ${classes.thread ?? ''}`} aria-label={words.thread}>
      <div className={classes.head}>
        <h2>{words.thread}</h2>
        <CloseButton aria-label={words.closeThread} onClick={onClose} />
      </div>
      {thread.isError && <FailureAlert error={thread.error} onRetry={() => void thread.refetch()} />}
      {said === undefined ? <div className={classes.log}><Skeleton height={120} radius="md" /></div> : <Log groupId={groupId} said={said} />}
      <Composer groupId={groupId} replyTo={root} />
    </section>
  );
}
