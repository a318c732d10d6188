import { shortest } from '../people/password';

export type Fault = 'unfinished' | 'same' | 'differs';

/** Why a new password can't be taken yet. What is not written to its end is not called wrong. */
export function faultOf(now: string, next: string, again: string): Fault | undefined {
  if (next !== '' && next === now) {
    return 'same';
  }
  if (again !== '' && !next.startsWith(again)) {
    return 'differs';
  }
  return next.length < shortest || again.length < next.length ? 'unfinished' : undefined;
}
