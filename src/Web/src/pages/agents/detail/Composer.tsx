import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { ListPlus, SendHorizontal } from 'lucide-react';
import { useState } from 'react';
import { api, unwrap } from '../../../api';
import { toast } from '../../../feedback/toasts';
import { useText } from '../../../i18n/TextProvider';
import type { AgentView } from '../queries';

/** A word to what it does now, or the next thing for it to do. */
export function Composer({ agent: { id }, working }: { agent: AgentView; working: boolean }) {
  const { talk: words } = useText().agents;
  const [typed, setTyped] = useState('');
  const text = typed.trim();
  const send = useMutation({
    mutationFn: async (how: 'tell' | 'task') => {
      await (how === 'tell'
        ? unwrap<unknown>(api.POST('/api/v1/agents/{id}/message', { params: { path: { id } }, body: { text } }))
        : unwrap<unknown>(api.POST('/api/v1/agents/{id}/tasks', { params: { path: { id } }, body: { prompt: text } })));
      return how;
    },
    onSuccess: (how) => {
      setTyped('');
      toast(how === 'tell' ? words.told : words.handedIn);
    },
    onError: (error) => {
      toast(words.failed, error);
    },
  });
  const go = (how: 'tell' | 'task') => {
    if (text !== '' && !send.isPending) {
      send.mutate(how);
    }
  };
  return (
    <Stack gap={8}>
      <Textarea
        autosize
        minRows={2}
        maxRows={10}
        maxLength={32_000}
        aria-label={words.label}
        placeholder={working ? words.whileWorking : words.whileIdle}
        value={typed}
        onChange={({ currentTarget }) => { setTyped(currentTarget.value); }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            go(working ? 'tell' : 'task');
          }
        }}
      />
      <Group gap="xs" justify="flex-end">
        <Button size="xs" variant={working ? 'default' : 'filled'} leftSection={<ListPlus size={14} />} loading={send.isPending} disabled={text === ''} onClick={() => { go('task'); }}>{words.asTask}</Button>
        {working && <Button size="xs" leftSection={<SendHorizontal size={14} />} loading={send.isPending} disabled={text === ''} onClick={() => { go('tell'); }}>{words.tell}</Button>}
      </Group>
    </Stack>
  );
}
