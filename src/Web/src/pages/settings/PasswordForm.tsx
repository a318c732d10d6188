import { Button, Group, Paper, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ApiError, unwrap } from '../../api';
import { FailureAlert } from '../../feedback/FailureAlert';
import { toast } from '../../feedback/toasts';
import { useText } from '../../i18n/TextProvider';
import { SecretInput } from '../../parts/SecretInput';
import { longest, shortest } from '../people/password';
import { faultOf } from './newPassword';
import { Part } from './Part';
import { sessionsQuery } from './queries';

/** Changes the reader's own password: this page goes on with a session of its own, all others end. */
export function PasswordForm({ email }: { email: string }) {
  const { settings } = useText();
  const words = settings.password;
  const queries = useQueryClient();
  const [now, setNow] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const change = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/auth/password', { body: { password: now, new_password: next, cookie: true } })),
    onSuccess: () => {
      [setNow, setNext, setAgain].forEach((set) => { set(''); });
      toast(words.done);
      void queries.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
    // Passwords stay in memory no longer than the fields they were written in.
    gcTime: 0,
  });
  const faults = change.error instanceof ApiError ? change.error.fields : {};
  const known = 'password' in faults || 'new_password' in faults;
  const fault = faultOf(now, next, again);
  return (
    <Part title={words.title} hint={words.hint}>
      <Paper p="md" component="form" onSubmit={(event) => { event.preventDefault(); change.mutate(); }}>
        <Stack gap="sm" maw={380}>
          {/* For the browser's own store of passwords, which wants to know whose it is. */}
          <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
          <SecretInput name="password" label={words.now} required autoComplete="current-password" value={now} error={faults.password !== undefined && words.wrong} onChange={({ currentTarget }) => { change.reset(); setNow(currentTarget.value); }} />
          <SecretInput name="new_password" label={words.next} description={words.rule} required maxLength={longest} minLength={shortest} autoComplete="new-password" value={next} error={faults.new_password?.[0] ?? (fault === 'same' && words.same)} onChange={({ currentTarget }) => { setNext(currentTarget.value); }} />
          <SecretInput name="again" label={words.again} required autoComplete="new-password" value={again} error={fault === 'differs' && words.differs} onChange={({ currentTarget }) => { setAgain(currentTarget.value); }} />
          {change.isError && !known && <FailureAlert error={change.error} />}
          <Group><Button type="submit" loading={change.isPending} disabled={now === '' || next === '' || again === '' || fault !== undefined}>{words.deed}</Button></Group>
        </Stack>
      </Paper>
    </Part>
  );
}
