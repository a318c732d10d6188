import { Button, Stack, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { ApiError } from '../../api';
import { useCountdown } from '../../feedback/useCountdown';
import { useText } from '../../i18n/TextProvider';
import { SecretInput } from '../../parts/SecretInput';
import type { Credentials } from '../../session/session';
import classes from './SignIn.module.css';
import { SignInFailure } from './SignInFailure';

export interface SignInFormProps {
  signIn: (credentials: Credentials) => void;
  busy: boolean;
  error: Error | null;
}

export function SignInForm({ signIn, busy, error }: SignInFormProps) {
  const { signIn: words } = useText();
  const password = useRef<HTMLInputElement>(null);
  const [missing, setMissing] = useState({ email: false, password: false });
  const refusal = error instanceof ApiError ? error : null;
  const retryAt = refusal?.retryAt ?? 0;

  useEffect(() => {
    if (error !== null) {
      // Most often it is the password: select it, so that the next key stroke replaces it.
      password.current?.select();
    }
  }, [error]);

  function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const credentials = { email: entry(form, 'email').trim(), password: entry(form, 'password') };
    const blank = { email: credentials.email === '', password: credentials.password === '' };
    setMissing(blank);
    if (!blank.email && !blank.password) {
      signIn(credentials);
    }
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {error !== null && <SignInFailure error={error} />}
        <TextInput
          name="email"
          label={words.email}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          // Whoever opens this page came to sign in.
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          error={missing.email ? words.emailMissing : refusal?.fields.email?.join(' ')}
        />
        <SecretInput
          name="password"
          ref={password}
          label={words.password}
          autoComplete="current-password"
          error={missing.password ? words.passwordMissing : refusal?.fields.password?.join(' ')}
        />
        <SubmitButton key={retryAt} busy={busy} retryAt={retryAt} />
      </Stack>
    </form>
  );
}

function SubmitButton({ busy, retryAt }: { busy: boolean; retryAt: number }) {
  const { signIn: words } = useText();
  const wait = useCountdown(retryAt);
  return (
    <Button type="submit" className={classes.submit} fullWidth mt={4} loading={busy} disabled={wait > 0}>
      {wait > 0 ? words.wait(wait) : words.submit}
    </Button>
  );
}

function entry(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
