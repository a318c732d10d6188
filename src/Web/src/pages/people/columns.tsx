import { useMemo } from 'react';
import { useText } from '../../i18n/TextProvider';
import type { Column } from '../../list/VirtualTable';
import { RowLink } from '../../parts/RowLink';
import { When } from '../../time/When';
import classes from './People.module.css';
import type { Person } from './queries';
import { RoleNames } from './RoleNames';
import { Standing } from './Standing';

export function usePeopleColumns(me: string | undefined): readonly Column<Person>[] {
  const { people: words } = useText();
  return useMemo(
    () => [
      {
        key: 'name',
        head: words.columns.name,
        width: 'minmax(130px, 1fr)',
        phone: true,
        cell: ({ id, name }) => (
          <>
            <RowLink href={`/people/${encodeURIComponent(id)}`}>{name}</RowLink>
            {id === me && <span className={classes.dim}>{words.you}</span>}
          </>
        ),
      },
      { key: 'email', head: words.columns.email, width: 'minmax(150px, 1fr)', cell: ({ email }) => <span title={email}>{email}</span> },
      { key: 'roles', head: words.columns.roles, width: '170px', cell: ({ roles }) => <RoleNames roles={roles} /> },
      { key: 'standing', head: words.columns.standing, width: '104px', phone: true, cell: ({ disabled }) => <Standing disabled={disabled} /> },
      { key: 'seen', head: words.columns.seen, width: '110px', align: 'right', cell: ({ last_seen_at }) => <When at={last_seen_at} /> },
      { key: 'since', head: words.columns.since, width: '110px', align: 'right', cell: ({ created_at }) => <When at={created_at} /> },
    ],
    [words, me],
  );
}
