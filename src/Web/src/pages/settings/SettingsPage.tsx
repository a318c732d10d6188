import { Stack } from '@mantine/core';
import { useText } from '../../i18n/TextProvider';
import { useMe } from '../../session/session';
import { PageTitle } from '../../shell/PageTitle';
import { Look } from './Look';
import { PasswordForm } from './PasswordForm';
import { Sessions } from './Sessions';
import { You } from './You';

export function SettingsPage() {
  const { settings: words } = useText();
  const me = useMe();
  return (
    <Stack gap="xl" maw={720}>
      <PageTitle>{words.title}</PageTitle>
      {me && <You me={me} />}
      <Look />
      <PasswordForm email={me?.email ?? ''} />
      <Sessions />
    </Stack>
  );
}
