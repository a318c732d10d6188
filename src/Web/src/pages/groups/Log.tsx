import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { ArrowDown } from 'lucide-react';
import { useRef } from 'react';
import { useText } from '../../i18n/TextProvider';
import classes from './Groups.module.css';
import type { GroupEntry } from './log';
import { Message } from './Message';
import { useReading } from './useReading';

const together = 5 * 60_000;

export interface LogProps {
  groupId: string;
  said: readonly GroupEntry[];
  onThread?: (root: string) => void;
  onEarlier?: (() => Promise<unknown>) | undefined;
}

/** What was said: of a long log what is read, and some around it. */
export function Log({ groupId, said, onThread, onEarlier }: LogProps) {
  const { groups: words } = useText();
  const box = useRef<HTMLDivElement>(null);
  const earlier = useMutation({ mutationFn: () => onEarlier?.() ?? Promise.resolve() });
  const askEarlier = onEarlier === undefined || earlier.isPending ? undefined : () => { earlier.mutate(); };
  const { shown, before: first, isBegin, follows, onScroll, toEnd } = useReading(box, said, askEarlier);

  const byId = new Map(said.map((entry) => [entry.id, entry]));
  return (
    <div style={{ position: 'relative', display: 'flex', flex: 1, minHeight: 0 }}>
      <div
        ref={box}
        className={classes.log}
        role="log"
        aria-label={words.log}
        // A log that scrolls has to be reached by the keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onScroll={onScroll}
      >
        {isBegin && onEarlier && (
          <Button size="compact-xs" variant="subtle" color="gray" style={{ flex: 'none' }} loading={earlier.isPending} onClick={askEarlier}>
            {words.earlier}
          </Button>
        )}
        {said.length === 0 && <p className={classes.notice}>{words.silent}</p>}
        {shown.map((entry, at) => {
          const before = at === 0 ? first : shown[at - 1];
          const goesOn = before?.kind === 'message' && before.from_id === entry.from_id && before.from_kind === entry.from_kind && entry.reply_to == null
            && Date.parse(entry.timestamp) - Date.parse(before.timestamp) < together;
          return <Message key={entry.id} groupId={groupId} entry={entry} follows={goesOn} answers={entry.reply_to == null ? undefined : byId.get(entry.reply_to)} {...(onThread && { onThread })} />;
        })}
      </div>
      {!follows && (
        <Button size="compact-sm" style={{ position: 'absolute', bottom: 10, left: '50%', transform: 'translateX(-50%)' }} leftSection={<ArrowDown size={14} />} onClick={toEnd}>{words.toEnd}</Button>
      )}
    </div>
  );
}
