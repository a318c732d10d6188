import type { components } from '../../api';

export type GroupEntry = components['schemas']['GroupEntry'];

/** What is said, as it stands now: a log with its edits and deletions taken into what they are of. In the order of the numbers. */
export function saidIn(log: readonly GroupEntry[]): GroupEntry[] {
  const bySeq = [...new Map(log.map((entry) => [entry.seq, entry])).values()].sort((a, b) => a.seq - b.seq);
  const last = new Map<string, GroupEntry>();
  for (const entry of bySeq) {
    if ((entry.kind === 'edit' || entry.kind === 'delete') && entry.target !== undefined && entry.target !== null) {
      last.set(entry.target, entry);
    }
  }
  return bySeq.flatMap((entry) => {
    if (entry.kind === 'edit' || entry.kind === 'delete') {
      return [];
    }
    const change = last.get(entry.id);
    return [change === undefined
      ? entry
      : change.kind === 'delete'
        ? { ...entry, content: '', mentions: null, attachments: null, deleted_at: entry.deleted_at ?? change.timestamp }
        : { ...entry, content: change.content, edited_at: entry.edited_at ?? change.timestamp, ...(change.mentions !== undefined && { mentions: change.mentions }) }];
  });
}

/** Text between mentions, and the mentions; code is text. */
export function pieces(content: string, names: readonly string[]): { text: string; isMention: boolean }[] {
  const all = [...new Set([...names, 'all'])].filter((name) => name !== '').sort((a, b) => b.length - a.length).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const found = new RegExp(`@(?:${all.join('|')})`, 'gi');
  const parts: { text: string; isMention: boolean }[] = [];
  let at = 0;
  for (const match of content.matchAll(found)) {
    parts.push({ text: content.slice(at, match.index), isMention: false }, { text: match[0], isMention: true });
    at = match.index + match[0].length;
  }
  return [...parts, { text: content.slice(at), isMention: false }].filter(({ text }) => text !== '');
}

/** The beginning of a name that is being written at the caret: after an @ that begins a word. */
export function mentionAt(text: string, caret: number): { from: number; word: string } | undefined {
  const match = /(?:^|[^\p{L}\p{N}_@])@([^\s@]*(?: [^\s@]*)?)$/u.exec(text.slice(0, caret));
  const word = match?.[1];
  return word === undefined ? undefined : { from: caret - word.length - 1, word };
}
