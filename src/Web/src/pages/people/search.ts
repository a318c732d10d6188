import { given, oneOf, text } from '../../list/search';

export const views = ['people', 'keys', 'roles'] as const;
export const personTabs = ['account', 'roles'] as const;

export type View = (typeof views)[number];
export type PersonTab = (typeof personTabs)[number];

export interface PeopleSearch {
  view?: View;
  q?: string;
  /** The dialog that makes one is open. */
  make?: true;
}

export function readPeopleSearch(search: Record<string, unknown>): PeopleSearch {
  return given({ view: oneOf(search.view, views), q: text(search.q), make: search.make === true ? true : undefined });
}

/** Accounts are for admins to see; everybody has keys. */
export function viewFor(wanted: View | undefined, isAdmin: boolean): View {
  return isAdmin ? (wanted ?? 'people') : wanted === undefined || wanted === 'people' ? 'keys' : wanted;
}
