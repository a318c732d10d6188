export interface Timed {
  assigned_at: string | null;
  started_at: string | null;
  ended_at: string | null;
}

export interface Span {
  kind: 'waits' | 'runs';
  /** Shares of the whole time. */
  left: number;
  width: number;
}

/** Where attempts lie on a line from the submit to the last end, or to now. */
export function spans(from: number, attempts: readonly Timed[], now: number): Span[][] {
  const at = (time: string | null) => (time === null ? now : Date.parse(time));
  const end = Math.max(from + 1, ...attempts.map(({ ended_at }) => at(ended_at)));
  const share = (time: number) => Math.min(1, Math.max(0, (time - from) / (end - from)));
  return attempts.map(({ assigned_at, started_at, ended_at }) => {
    const begun = at(assigned_at);
    const started = started_at === null ? at(ended_at) : Date.parse(started_at);
    const waits: Span = { kind: 'waits', left: share(begun), width: share(started) - share(begun) };
    return started_at === null ? [waits] : [waits, { kind: 'runs', left: share(started), width: share(at(ended_at)) - share(started) }];
  });
}
