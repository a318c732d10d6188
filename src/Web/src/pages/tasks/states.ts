/** In the order of a task's way. */
export const states = ['blocked', 'scheduled', 'queued', 'assigned', 'running', 'waiting', 'done', 'failed', 'canceled'] as const;

export type State = (typeof states)[number];
