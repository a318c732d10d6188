import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ApiError, unwrap } from '../../api';
import { FailureAlert } from '../../feedback/FailureAlert';
import { toast } from '../../feedback/toasts';
import { useText } from '../../i18n/TextProvider';
import { Dialog } from '../../parts/Dialog';
import { OnceShown } from '../../parts/OnceShown';
import { SecretInput } from '../../parts/SecretInput';
import { longest, newPassword, shortest } from './password';
import { peopleKey } from './queries';
import { RolesField } from './RolesField';

export function NewPerson({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { make: words } = useText().people;
  return (
    <Dialog opened={opened} onClose={onClose} title={words.title}>
      {opened && <Making onClose={onClose} />}
    </Dialog>
  );
}

function Making({ onClose }: { onClose: () => void }) {
  const { people } = useText();
  const words = people.make;
  const queries = useQueryClient();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [made, setMade] = useState('');
  const [roles, setRoles] = useState(['user']);
  const make = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/users', { body: { email: email.trim(), password, roles, ...(name.trim() !== '' && { name: name.trim() }) } })),
    onSuccess: (person) => {
      toast(words.done(person.name));
      void queries.invalidateQueries({ queryKey: peopleKey });
      // A password that somebody typed is known to them; one that was made here is seen only now.
      if (password !== made) {
        onClose();
      }
    },
    // The password stays in memory no longer than this dialog.
    gcTime: 0,
  });
  if (make.isSuccess && password === made) {
    return <OnceShown secret={made} what={words.password} hint={words.once(make.data.email)} onClose={onClose} />;
  }
  const faults = make.error instanceof ApiError ? make.error.fields : {};
  const known = ['email', 'name', 'password', 'roles'].some((field) => field in faults);
  return (
    <form onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
      <Stack gap="md">
        <TextInput name="email" label={words.email} type="email" required maxLength={254} autoComplete="off" data-autofocus value={email} error={faults.email?.[0]} onChange={({ currentTarget }) => { setEmail(currentTarget.value); }} />
        <TextInput label={words.name} description={words.nameHint} maxLength={100} autoComplete="off" value={name} error={faults.name?.[0]} onChange={({ currentTarget }) => { setName(currentTarget.value); }} />
        <Group align="flex-end" gap="xs" wrap="nowrap">
          <SecretInput
            name="password"
            label={words.password}
            flex={1}
            required
            minLength={shortest}
            maxLength={longest}
            autoComplete="new-password"
            value={password}
            error={faults.password?.[0]}
            onChange={({ currentTarget }) => { setPassword(currentTarget.value); }}
          />
          <Button variant="default" onClick={() => { const fresh = newPassword(); setMade(fresh); setPassword(fresh); }}>{words.generate}</Button>
        </Group>
        <RolesField label={people.columns.roles} value={roles} error={faults.roles?.[0]} onChange={setRoles} />
        {make.isError && !known && <FailureAlert error={make.error} />}
        <Group justify="flex-end"><Button type="submit" loading={make.isPending} disabled={email.trim() === '' || password.length < shortest || roles.length === 0}>{words.deed}</Button></Group>
      </Stack>
    </form>
  );
}
