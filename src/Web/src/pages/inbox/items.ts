import type { components } from '../../api';
import type { Question } from '../../questions/useAnswer';

export type Mention = components['schemas']['InboxEntry'];

export const kinds = ['question', 'permission', 'mention'] as const;
export type Kind = (typeof kinds)[number];

/** Something that waits for this person. */
export type Item = { id: string; kind: 'question' | 'permission'; question: Question } | { id: string; kind: 'mention'; mention: Mention };

/** Questions first, those that end soonest on top, since behind each an agent waits; then mentions. */
export function itemsOf(questions: readonly Question[], mentions: readonly Mention[], kind: Kind | undefined): Item[] {
  const asked = questions
    .toSorted((a, b) => Date.parse(a.expires_at) - Date.parse(b.expires_at))
    .map((question): Item => ({ id: `${question.task_id}:${question.question_id}`, kind: question.kind === 'permission' ? 'permission' : 'question', question }));
  const said = mentions.map((mention): Item => ({ id: mention.id, kind: 'mention', mention }));
  return [...asked, ...said].filter((item) => kind === undefined || item.kind === kind);
}

export function titleOf(item: Item): string {
  return item.kind === 'mention' ? item.mention.content : item.question.title;
}

/** The row to look at: the chosen one, or, where that has been dealt with, the one that took its place. */
export function rowAt(rows: readonly { id: string }[], id: string | undefined, before: number): number {
  const index = rows.findIndex((row) => row.id === id);
  return index >= 0 ? index : Math.min(Math.max(0, before), rows.length - 1);
}
