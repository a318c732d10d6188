import { SegmentedControl } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/TextProvider';
import { given } from '../../list/search';
import { useMe } from '../../session/session';
import { KeysView } from './keys/KeysView';
import { PeopleView } from './PeopleView';
import { RolesView } from './RolesView';
import { viewFor, views, type PeopleSearch, type View } from './search';

const route = getRouteApi('/signed-in/people');

type Change = { [Key in keyof PeopleSearch]: PeopleSearch[Key] | undefined };

export interface ViewProps {
  search: PeopleSearch;
  onSearch: (change: Change) => void;
  /** Switches between the views. */
  choice: ReactNode;
}

export function PeoplePage() {
  const { people: words } = useText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const isAdmin = useMe()?.roles.includes('admin') === true;
  const view = viewFor(search.view, isAdmin);
  const shown = {
    search,
    onSearch: (change: Change) => void navigate({ search: given({ ...search, ...change }), replace: true }),
    choice: (
      <SegmentedControl<View>
        aria-label={words.views.label}
        value={view}
        data={views.filter((one) => isAdmin || one !== 'people').map((value) => ({ value, label: words.views[value] }))}
        onChange={(next) => void navigate({ search: { view: next }, replace: true })}
      />
    ),
  };
  return view === 'people' ? <PeopleView {...shown} /> : view === 'keys' ? <KeysView {...shown} /> : <RolesView {...shown} />;
}
