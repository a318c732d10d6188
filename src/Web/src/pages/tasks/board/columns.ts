import type { State } from '../states';

/** A column for each thing that one may want to know: what waits, what goes on, who needs somebody, how it ended. */
export const boardColumns = [
  { key: 'waits', states: ['queued', 'scheduled', 'blocked'] },
  { key: 'goes', states: ['running', 'assigned'] },
  { key: 'asks', states: ['waiting'] },
  { key: 'done', states: ['done'] },
  { key: 'failed', states: ['failed', 'canceled'] },
] as const satisfies readonly { key: string; states: readonly State[] }[];

export type BoardColumn = (typeof boardColumns)[number];
