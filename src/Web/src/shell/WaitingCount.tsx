import { useFormat } from '../time/useFormat';
import { useWaiting } from '../pages/inbox/useWaiting';
import classes from './Shell.module.css';

/** How much waits for this person. */
export function WaitingCount() {
  const { compact } = useFormat();
  const waiting = useWaiting();
  return waiting > 0 ? <span className={classes.waiting}>{compact(waiting)}</span> : null;
}
