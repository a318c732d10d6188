import { day, given, oneOf, someOf, text } from '../../list/search';
import { startOf } from '../../reports/days';
import { momentOf } from '../../time/wall';
import { zone } from '../../time/zone';
import { states, type State } from './states';

/** What the list's address holds. */
export interface TaskSearch {
  view?: 'board';
  status?: State[];
  agent?: string;
  post?: string;
  label?: string;
  q?: string;
  from?: string;
  to?: string;
}

export function readTaskSearch(search: Record<string, unknown>): TaskSearch {
  return given({
    view: oneOf(search.view, ['board'] as const),
    status: someOf(search.status, states),
    agent: text(search.agent),
    post: text(search.post),
    label: text(search.label),
    q: text(search.q),
    from: day(search.from),
    to: day(search.to),
  });
}

/** The filters as the API wants them. Days are whole ones where the reader lives. */
export function asQuery({ status, agent, post, label, q, from, to }: TaskSearch) {
  return given({
    status,
    agent_id: agent,
    post_id: post,
    label: label === undefined ? undefined : [label],
    q,
    from: from === undefined ? undefined : startOf(from).toISOString(),
    to: to === undefined ? undefined : new Date(momentOf(`${to}T23:59:59.999`, zone())).toISOString(),
  });
}

/** The API finds nothing by fewer than three letters in a row; a Chinese, Japanese or Korean one is enough. */
export function isSearchable(q: string): boolean {
  return /\S{3}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(q);
}
