import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { ArrowDown } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/TextProvider';
import classes from './Groups.module.css';
import type { GroupEntry } from './log';
import { Message } from './Message';

const near = 60;
const together = 5 * 60_000;

export interface LogProps {
  groupId: string;
  said: readonly GroupEntry[];
  onThread?: (root: string) => void;
  onEarlier?: (() => Promise<unknown>) | undefined;
}

/** What was said. Who reads at the end stays at the end; what comes above does not move what is read. */
export function Log({ groupId, said, onThread, onEarlier }: LogProps) {
  const { groups: words } = useText();
  const box = useRef<HTMLDivElement>(null);
  const [follows, setFollows] = useState(true);
  const fromEnd = useRef(0);
  const first = said[0]?.id;
  const earlier = useMutation({ mutationFn: () => onEarlier?.() ?? Promise.resolve() });

  useEffect(() => {
    if (follows) {
      box.current?.scrollTo({ top: box.current.scrollHeight });
    }
  }, [said, follows]);

  useLayoutEffect(() => {
    const element = box.current;
    if (element !== null && fromEnd.current > 0) {
      element.scrollTop = element.scrollHeight - fromEnd.current;
      fromEnd.current = 0;
    }
  }, [first]);

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
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => { setFollows(scrollHeight - scrollTop - clientHeight < near); }}
      >
        {onEarlier && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            style={{ flex: 'none' }}
            loading={earlier.isPending}
            onClick={() => {
              setFollows(false);
              fromEnd.current = (box.current?.scrollHeight ?? 0) - (box.current?.scrollTop ?? 0);
              earlier.mutate();
            }}
          >
            {words.earlier}
          </Button>
        )}
        {said.length === 0 && <p className={classes.notice}>{words.silent}</p>}
        {said.map((entry, at) => {
          const before = said[at - 1];
          const follows = before?.kind === 'message' && before.from_id === entry.from_id && before.from_kind === entry.from_kind && entry.reply_to == null
            && Date.parse(entry.timestamp) - Date.parse(before.timestamp) < together;
          return <Message key={entry.id} groupId={groupId} entry={entry} follows={follows} answers={entry.reply_to == null ? undefined : byId.get(entry.reply_to)} {...(onThread && { onThread })} />;
        })}
      </div>
      {!follows && (
        <Button size="compact-sm" style={{ position: 'absolute', bottom: 10, left: '50%', transform: 'translateX(-50%)' }} leftSection={<ArrowDown size={14} />} onClick={() => { setFollows(true); }}>{words.toEnd}</Button>
      )}
    </div>
  );
}
