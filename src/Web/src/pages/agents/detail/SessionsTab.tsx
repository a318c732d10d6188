import { Button, Group, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Download, MessagesSquare } from 'lucide-react';
import { useState } from 'react';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { Empty } from '../../../list/Empty';
import { flatten } from '../../../list/pages';
import { Dialog } from '../../../parts/Dialog';
import { PlainTable } from '../../../parts/PlainTable';
import { useFormat } from '../../../time/useFormat';
import { When } from '../../../time/When';
import { sessionMessagesQuery, sessionsQuery } from '../queries';
import classes from './SessionsTab.module.css';

/** The conversations that it had; each can be read and taken away. */
export function SessionsTab({ id }: { id: string }) {
  const { agents: words } = useText();
  const { number, compact, dollars } = useFormat();
  const sessions = useInfiniteQuery(sessionsQuery(id));
  const [read, setRead] = useState<string>();
  if (sessions.isError) {
    return <FailureAlert error={sessions.error} onRetry={() => void sessions.refetch()} />;
  }
  if (sessions.data === undefined) {
    return <Skeleton height={160} radius="lg" />;
  }
  const rows = flatten(sessions.data.pages, (session) => session.id);
  if (rows.length === 0) {
    return <Paper py={32}><Empty icon={MessagesSquare} title={words.sessions.empty} hint={words.sessions.emptyHint} /></Paper>;
  }
  const { columns } = words.sessions;
  return (
    <Stack gap="sm">
      <PlainTable
        label={words.tabs.sessions}
        heads={[columns.title, columns.tasks, columns.tokens, columns.cost, columns.last]}
        numbers={1}
        total={sessions.data.pages[0]?.total}
        onMore={sessions.hasNextPage && !sessions.isFetchingNextPage ? () => void sessions.fetchNextPage() : undefined}
        rows={rows.map((session) => ({
          key: session.id,
          cells: [
            <button key="t" type="button" className={classes.title} onClick={() => { setRead(session.id); }}>{session.title === '' ? session.id : session.title}</button>,
            number(session.tasks),
            compact(session.usage.input_tokens + session.usage.output_tokens),
            dollars(session.usage.cost_usd),
            <When key="w" at={session.last_at} />,
          ],
        }))}
      />
      <Dialog opened={read !== undefined} onClose={() => { setRead(undefined); }} size="xl" title={rows.find((session) => session.id === read)?.title ?? ''}>
        {read !== undefined && <Conversation id={read} />}
      </Dialog>
    </Stack>
  );
}

function Conversation({ id }: { id: string }) {
  const { agents: words } = useText();
  const messages = useQuery(sessionMessagesQuery(id));
  const roles: Record<string, string | undefined> = words.sessions.roles;
  if (messages.isError) {
    return <FailureAlert error={messages.error} onRetry={() => void messages.refetch()} />;
  }
  if (messages.data === undefined) {
    return <Skeleton height={160} radius="lg" />;
  }
  return (
    <Stack gap="md">
      {messages.data.items.map(({ id: key, role, kind, text, data, at }) => (
        <div key={key} className={classes.message} data-role={role}>
          <Group gap={8}>
            <Text size="xs" fw={600}>{roles[role] ?? role}</Text>
            {kind !== 'text' && <Text size="xs" c="dimmed">{kind}</Text>}
            <Text size="xs" c="dimmed"><When at={at} /></Text>
          </Group>
          {text !== null ? <Text size="sm" className={classes.text}>{text}</Text> : <pre className={classes.data}>{JSON.stringify(data, null, 2)}</pre>}
        </div>
      ))}
      <Group justify="flex-end">
        {messages.data.next !== null && <Text size="xs" c="dimmed">{words.sessions.longer}</Text>}
        <Button size="xs" variant="default" component="a" href={`/api/v1/sessions/${encodeURIComponent(id)}/export?format=markdown`} download={`${id}.md`} leftSection={<Download size={14} />}>{words.sessions.export}</Button>
      </Group>
    </Stack>
  );
}
