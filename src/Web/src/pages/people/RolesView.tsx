import { useText } from '../../i18n/TextProvider';
import { ListPage } from '../../list/ListPage';
import type { ViewProps } from './PeoplePage';
import { RolesTable } from './RolesTable';

export function RolesView({ choice }: ViewProps) {
  const { people: words } = useText();
  return (
    <ListPage title={words.title} filters={choice} error={null} onRetry={() => undefined}>
      <RolesTable />
    </ListPage>
  );
}
