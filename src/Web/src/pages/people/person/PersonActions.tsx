import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Ban, KeyRound, LogOut, Trash2, UserCheck } from 'lucide-react';
import { useState } from 'react';
import { api, unwrap } from '../../../api';
import { useCommands } from '../../../commands/commands';
import { toast } from '../../../feedback/toasts';
import { useText } from '../../../i18n/TextProvider';
import { Confirm } from '../../../parts/Confirm';
import { Dialog } from '../../../parts/Dialog';
import { OnceShown } from '../../../parts/OnceShown';
import { useMe } from '../../../session/session';
import { peopleKey, sessionCount, type Person } from '../queries';
import { useChange } from './useChange';

/** What ends somebody's sessions. Not for oneself: the settings are the place for that. */
export function PersonActions({ person }: { person: Person }) {
  const { people: words } = useText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const isMe = useMe()?.id === person.id;
  const [asked, setAsked] = useState<'disable' | 'sessions' | 'reset' | 'remove'>();
  const params = { path: { id: person.id } };

  const disable = useChange(person.id, words.disable.done);
  const enable = useChange(person.id, words.enable.done);
  const endAll = useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/users/{id}/sessions', { params })),
    onSuccess: () => {
      setAsked(undefined);
      toast(words.sessions.done);
      return queries.invalidateQueries({ queryKey: sessionCount(person.id).queryKey });
    },
  });
  const reset = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/users/{id}/password', { params })),
    onSuccess: () => { setAsked(undefined); },
    // The password stays in memory no longer than it is shown.
    gcTime: 0,
  });
  const remove = useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/users/{id}', { params })),
    onSuccess: async () => {
      toast(words.remove.done);
      await navigate({ to: '/people' });
      await queries.invalidateQueries({ queryKey: [...peopleKey, 'list'] });
    },
  });
  const close = () => {
    setAsked(undefined);
    disable.reset();
    endAll.reset();
    remove.reset();
  };
  const allow = () => { enable.mutate({ disabled: false }, { onError: (error) => { toast(words.enable.deed, error); } }); };

  useCommands([
    { id: 'person:disable', label: words.disable.deed, group: 'page', icon: Ban, when: () => !isMe && !person.disabled, run: () => { setAsked('disable'); } },
    { id: 'person:enable', label: words.enable.deed, group: 'page', icon: UserCheck, when: () => person.disabled, run: allow },
    { id: 'person:sessions', label: words.sessions.deed, group: 'page', icon: LogOut, when: () => !isMe, run: () => { setAsked('sessions'); } },
    { id: 'person:reset', label: words.reset.deed, group: 'page', icon: KeyRound, when: () => !isMe, run: () => { setAsked('reset'); } },
    { id: 'person:remove', label: words.remove.deed, group: 'page', icon: Trash2, when: () => !isMe, run: () => { setAsked('remove'); } },
  ]);

  if (isMe) {
    return null;
  }
  return (
    <>
      {person.disabled ? (
        <Button size="xs" leftSection={<UserCheck size={14} />} loading={enable.isPending} onClick={allow}>{words.enable.deed}</Button>
      ) : (
        <Button size="xs" variant="default" leftSection={<Ban size={14} />} onClick={() => { setAsked('disable'); }}>{words.disable.deed}</Button>
      )}
      <Button size="xs" variant="default" leftSection={<LogOut size={14} />} onClick={() => { setAsked('sessions'); }}>{words.sessions.deed}</Button>
      <Button size="xs" variant="default" leftSection={<KeyRound size={14} />} onClick={() => { setAsked('reset'); }}>{words.reset.deed}</Button>
      <Button size="xs" variant="default" leftSection={<Trash2 size={14} />} onClick={() => { setAsked('remove'); }}>{words.remove.deed}</Button>
      <Confirm opened={asked === 'disable'} title={words.disable.title(person.name)} deed={words.disable.deed} pending={disable.isPending} error={disable.error} onClose={close} onConfirm={() => { disable.mutate({ disabled: true }, { onSuccess: close }); }}>
        {words.disable.hint}
      </Confirm>
      <Confirm opened={asked === 'sessions'} title={words.sessions.title(person.name)} deed={words.sessions.deed} pending={endAll.isPending} error={endAll.error} onClose={close} onConfirm={() => { endAll.mutate(); }}>
        {words.sessions.hint}
      </Confirm>
      <Confirm opened={asked === 'reset'} title={words.reset.title(person.name)} deed={words.reset.deed} pending={reset.isPending} error={reset.error} onClose={close} onConfirm={() => { reset.mutate(); }}>
        {words.reset.hint}
      </Confirm>
      <Confirm opened={asked === 'remove'} title={words.remove.title(person.name)} deed={words.remove.deed} pending={remove.isPending} error={remove.error} onClose={close} onConfirm={() => { remove.mutate(); }}>
        {words.remove.hint}
      </Confirm>
      <Dialog opened={reset.data?.password != null} onClose={reset.reset} title={words.reset.made}>
        {reset.data?.password != null && <OnceShown secret={reset.data.password} what={words.make.password} hint={words.make.once(person.email)} onClose={reset.reset} />}
      </Dialog>
    </>
  );
}
