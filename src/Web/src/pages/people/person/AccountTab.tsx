import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../../i18n/TextProvider';
import { Facts } from '../../../parts/Facts';
import { ShortId } from '../../../parts/ShortId';
import { When } from '../../../time/When';
import { useFormat } from '../../../time/useFormat';
import { sessionCount, type Person } from '../queries';
import { RoleNames } from '../RoleNames';
import { NameForm } from './NameForm';

export function AccountTab({ person }: { person: Person }) {
  const { people: words } = useText();
  const { number } = useFormat();
  const sessions = useQuery(sessionCount(person.id));
  return (
    <Stack gap="md">
      <Facts
        facts={[
          [words.columns.email, person.email],
          [words.columns.roles, <RoleNames key="r" roles={person.roles} />],
          [words.columns.since, <When key="c" at={person.created_at} />],
          [words.columns.seen, <When key="s" at={person.last_seen_at} />],
          [words.sessions.count, sessions.data === undefined ? '–' : number(sessions.data)],
          [words.id, <ShortId key="id" id={person.id} what={words.id} />],
        ]}
      />
      <NameForm key={person.name} id={person.id} name={person.name} />
    </Stack>
  );
}
