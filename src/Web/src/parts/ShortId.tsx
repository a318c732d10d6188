import { short } from '../names/short';
import { Copied } from './Copied';

/** As much of an id as one compares by eye; all of it is on hover, and copied. */
export function ShortId({ id, what }: { id: string; what: string }) {
  return <span title={id}>{short(id)} <Copied value={id} what={what} /></span>;
}
