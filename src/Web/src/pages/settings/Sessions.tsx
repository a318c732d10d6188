import { Button, Skeleton, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../api';
import { FailureAlert } from '../../feedback/FailureAlert';
import { toast } from '../../feedback/toasts';
import { useText } from '../../i18n/TextProvider';
import { PlainTable } from '../../parts/PlainTable';
import { useSignOut } from '../../session/session';
import { When } from '../../time/When';
import { clientOf } from './client';
import { Part } from './Part';
import { sessionsQuery } from './queries';

/** Where the reader is signed in; each can be ended from here. */
export function Sessions() {
  const { settings, account } = useText();
  const words = settings.sessions;
  const queries = useQueryClient();
  const sessions = useQuery(sessionsQuery);
  const signOut = useSignOut();
  const end = useMutation({
    mutationFn: (id: string) => unwrap(api.DELETE('/api/v1/auth/sessions/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      toast(words.done);
      return queries.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
  });
  return (
    <Part title={words.title} hint={words.hint}>
      {sessions.isError && <FailureAlert error={sessions.error} onRetry={() => void sessions.refetch()} />}
      {end.isError && <FailureAlert error={end.error} />}
      {signOut.isError && <FailureAlert error={signOut.error} title={account.signOutFailed} />}
      {sessions.isPending && <Skeleton height={96} radius="lg" />}
      {sessions.data && (
        <PlainTable
          label={words.title}
          heads={[words.client, words.address, words.used, words.since, words.end]}
          rows={sessions.data.items.map(({ id, client, address, last_used_at, created_at, current }) => {
            const name = clientOf(client) || words.unknown;
            return {
              key: id,
              cells: [
                <span key="c" title={client}>{name}{current && <Text span size="xs" c="dimmed" ml={6}>{words.thisOne}</Text>}</span>,
                address,
                <When key="u" at={last_used_at} />,
                <When key="s" at={created_at} />,
                current ? (
                  <Button key="e" size="compact-xs" variant="default" loading={signOut.isPending} onClick={() => { signOut.mutate(); }}>{account.signOut}</Button>
                ) : (
                  <Button key="e" size="compact-xs" variant="default" aria-label={`${words.end}: ${name}, ${address}`} loading={end.isPending && end.variables === id} onClick={() => { end.mutate(id); }}>{words.end}</Button>
                ),
              ],
            };
          })}
        />
      )}
    </Part>
  );
}
