import { Button, Loader } from '@mantine/core';
import { ArrowDown } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../../../i18n/TextProvider';
import { useFormat } from '../../../time/useFormat';
import { BlockView } from './BlockView';
import classes from './Transcript.module.css';
import type { Block } from './transcript';

const shownAtOnce = 200;
const near = 40;

/** What an agent says, as it says it. Who reads at the end stays at the end; who has scrolled up is left in peace. */
export function Transcript({ blocks, working }: { blocks: readonly Block[]; working: boolean }) {
  const { task } = useText();
  const words = task.output;
  const { number } = useFormat();
  const box = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState(shownAtOnce);
  const [follows, setFollows] = useState(true);
  const hidden = Math.max(0, blocks.length - shown);

  useEffect(() => {
    if (follows) {
      box.current?.scrollTo({ top: box.current.scrollHeight });
    }
  }, [blocks, follows]);

  return (
    <div className={classes.frame}>
      <div
        ref={box}
        className={classes.box}
        role="log"
        aria-label={words.label}
        aria-live="off"
        // A log that scrolls has to be reached by the keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          setFollows(scrollHeight - scrollTop - clientHeight < near);
        }}
      >
        {hidden > 0 && (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => { setFollows(false); setShown(shown + shownAtOnce); }}>
            {words.earlier(number(hidden))}
          </Button>
        )}
        {blocks.slice(hidden).map((block, index) => (
          <BlockView key={block.key} block={block} begins={block.attempt > 0 && blocks[hidden + index - 1]?.attempt !== block.attempt} />
        ))}
        {working && <Loader type="dots" size={18} color="gray" role="img" aria-label={words.working} />}
      </div>
      {!follows && (
        <Button size="compact-sm" className={classes.follow} leftSection={<ArrowDown size={14} />} onClick={() => { setFollows(true); }}>
          {words.follow}
        </Button>
      )}
    </div>
  );
}
