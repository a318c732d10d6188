import { Copied } from './Copied';
import classes from './CopyLine.module.css';

/** A line to be copied as it is: a command, a token. `what` says of which it is. */
export function CopyLine({ text, what }: { text: string; what: string }) {
  return (
    <div className={classes.line}>
      <code>{text}</code>
      <Copied value={text} what={what} />
    </div>
  );
}
