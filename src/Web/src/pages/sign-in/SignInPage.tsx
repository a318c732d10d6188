import { Anchor, Group, Paper, Text } from '@mantine/core';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useText } from '../../i18n/TextProvider';
import { useSignIn } from '../../session/session';
import { Logo } from '../../shell/Logo';
import { PageTitle } from '../../shell/PageTitle';
import { LanguageSwitch, ThemeSwitch } from '../../shell/Switches';
import { SignInForm } from './SignInForm';
import classes from './SignIn.module.css';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { signIn: words, shell } = useText();
  const { history } = useRouter();
  const { next } = route.useSearch();
  const signIn = useSignIn(() => {
    history.replace(next ?? '/');
  });

  return (
    <div className={classes.page}>
      <Group component="header" justify="space-between" className={classes.header}>
        <Logo />
        <Group gap="xs" wrap="nowrap">
          <ThemeSwitch />
          <LanguageSwitch />
        </Group>
      </Group>

      <main id="main" className={classes.main}>
        <div className={classes.column}>
          <PageTitle focus={false}>{words.title}</PageTitle>
          <Text c="dimmed" mt={4} mb="lg">
            {words.welcome}
          </Text>
          <Paper className={classes.card}>
            <SignInForm
              signIn={signIn.mutate}
              busy={signIn.isPending || signIn.isSuccess}
              error={signIn.error}
            />
          </Paper>
          <Text size="xs" c="dimmed" mt="md">
            {words.firstTime}
          </Text>
        </div>
      </main>

      <footer className={classes.footer}>
        <Anchor href="/docs" size="xs" c="dimmed">
          {shell.nav.docs}
        </Anchor>
      </footer>
    </div>
  );
}
