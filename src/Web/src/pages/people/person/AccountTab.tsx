import { Stack } from '@mantine/core';
import { useText } from '../../../i18n/TextProvider';
import { Facts } from '../../../parts/Facts';
import { When } from '../../../time/When';
import type { Person } from '../queries';
import { RoleNames } from '../RoleNames';
import { NameForm } from './NameForm';

export function AccountTab({ person }: { person: Person }) {
  const { people: words } = useText();
  return (
    <Stack gap="md">
      <Facts
        facts={[
          [words.columns.email, person.email],
          [words.columns.roles, <RoleNames key="r" roles={person.roles} />],
          [words.columns.since, <When key="c" at={person.created_at} />],
          [words.columns.seen, <When key="s" at={person.last_seen_at} />],
          [words.id, person.id],
        ]}
      />
      <NameForm key={person.name} id={person.id} name={person.name} />
    </Stack>
  );
}
