import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '../../i18n/TextProvider';
import { Facts } from '../../parts/Facts';
import type { Me } from '../../session/session';
import { NameForm } from '../people/person/NameForm';
import { RoleNames } from '../people/RoleNames';
import { Part } from './Part';

/** Who the reader is. Names are for admins to change, their own too. */
export function You({ me }: { me: Me }) {
  const { settings: words, people } = useText();
  const isAdmin = me.roles.includes('admin');
  return (
    <Part title={words.you}>
      <Facts facts={[[people.columns.name, isAdmin ? undefined : me.name], [people.columns.email, me.email], [people.columns.roles, <RoleNames key="r" roles={me.roles} />]]} />
      {isAdmin ? <NameForm key={me.name} id={me.id} name={me.name} /> : <Text size="sm" c="dimmed">{words.askAdmin}</Text>}
      <Text size="sm"><Link to="/people" search={{ view: 'keys' }} style={{ color: 'var(--accent-text)' }}>{words.keys}</Link></Text>
    </Part>
  );
}
