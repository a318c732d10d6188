import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { DetailPage } from '../../../parts/DetailPage';
import { pageOf } from '../../../shell/pages';
import { When } from '../../../time/When';
import { personQuery, type Person } from '../queries';
import { Standing } from '../Standing';
import { AccountTab } from './AccountTab';
import { PersonActions } from './PersonActions';
import { PersonRoles } from './PersonRoles';

const route = getRouteApi('/signed-in/people/$id');

export function PersonPage() {
  const { id } = route.useParams();
  const person = useQuery(personQuery(id));
  if (person.data !== undefined) {
    return <Known key={id} person={person.data} />;
  }
  return person.isError ? (
    <FailureAlert error={person.error} onRetry={() => void person.refetch()} />
  ) : (
    <Stack gap="md">
      <Skeleton height={30} width="40%" />
      <Skeleton height={240} radius="lg" />
    </Stack>
  );
}

function Known({ person }: { person: Person }) {
  const { people: words } = useText();
  const { tab = 'account' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <DetailPage
      list={pageOf('/people')}
      title={person.name}
      badge={<Standing disabled={person.disabled} />}
      about={<>{person.email} · {words.columns.seen} <When at={person.last_seen_at} /></>}
      actions={<PersonActions person={person} />}
      tabs={[
        { value: 'account', label: words.tabs.account, panel: <AccountTab person={person} /> },
        // Built anew from what was saved, so that the form never shows what somebody else has changed since.
        { value: 'roles', label: words.columns.roles, panel: <PersonRoles key={person.roles.join()} person={person} /> },
      ]}
      tab={tab}
      onTab={(next) => void navigate({ search: { tab: next }, replace: true })}
    />
  );
}
