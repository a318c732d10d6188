import { memo } from 'react';
import { useText } from '../../../i18n/TextProvider';
import { useFormat } from '../../../time/useFormat';
import { NoteView } from './NoteView';
import { ToolView } from './ToolView';
import classes from './Transcript.module.css';
import type { Block } from './transcript';

interface BlockViewProps {
  block: Block;
  /** The first one of its attempt. */
  begins: boolean;
}

/** A transcript is read anew with each batch; drawn anew is only what has become another. */
export const BlockView = memo(
  function BlockView({ block, begins }: BlockViewProps) {
    const { task } = useText();
    const { number, clock } = useFormat();
    return (
      <>
        {begins && (
          <div className={classes.attempt}>
            {task.output.attempt(number(block.attempt))} · {clock(Date.parse(block.at))}
          </div>
        )}
        <View block={block} />
      </>
    );
  },
  (before, after) => before.begins === after.begins && same(before.block, after.block),
);

function View({ block }: { block: Block }) {
  const { output: words } = useText().task;
  switch (block.kind) {
    case 'text':
      return <pre className={classes.text}>{block.text}</pre>;
    case 'thinking':
    case 'log':
      return (
        <details className={classes.fold} open={block.kind === 'log'}>
          <summary>{block.kind === 'log' ? words.log : words.thinking}</summary>
          <pre>{block.text}</pre>
        </details>
      );
    case 'tool':
      return <ToolView tool={block} />;
    default:
      return <NoteView note={block} />;
  }
}

function same(before: Block, after: Block): boolean {
  if ('text' in before && 'text' in after) {
    return before.key === after.key && before.text.length === after.text.length;
  }
  return before.key === after.key && (before.kind !== 'tool' || after.kind !== 'tool' || before.status === after.status);
}
