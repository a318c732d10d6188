import { Button } from '@mantine/core';
import { useText } from '../../i18n/TextProvider';
import { useFormat } from '../../time/useFormat';
import type { Item } from './items';
import { useInboxDeeds } from './useInboxDeeds';

/** Many at once: approvals are allowed or denied together, mentions marked as read. */
export function InboxDeeds({ items, onDone }: { items: readonly Item[]; onDone: () => void }) {
  const { inbox: words } = useText();
  const { number } = useFormat();
  const { answer, read } = useInboxDeeds();
  const approvals = items.filter(({ kind }) => kind === 'permission');
  const mentions = items.filter(({ kind }) => kind === 'mention');
  return (
    <>
      {approvals.length > 0 && (
        <>
          <Button size="compact-sm" loading={answer.isPending} onClick={() => { answer.mutate({ items: approvals, given: { allow: true } }, { onSettled: onDone }); }}>
            {words.allowMany(number(approvals.length))}
          </Button>
          <Button size="compact-sm" variant="default" loading={answer.isPending} onClick={() => { answer.mutate({ items: approvals, given: { allow: false } }, { onSettled: onDone }); }}>
            {words.denyMany(number(approvals.length))}
          </Button>
        </>
      )}
      {mentions.length > 0 && (
        <Button size="compact-sm" variant="default" loading={read.isPending} onClick={() => { read.mutate(mentions, { onSettled: onDone }); }}>
          {words.readMany(number(mentions.length))}
        </Button>
      )}
    </>
  );
}
