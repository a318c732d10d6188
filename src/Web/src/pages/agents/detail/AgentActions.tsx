import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { api, unwrap } from '../../../api';
import { toast } from '../../../feedback/toasts';
import { useText } from '../../../i18n/TextProvider';
import { keys } from '../../../live/keys';
import { Confirm } from '../../../parts/Confirm';
import type { AgentView } from '../queries';

export function AgentActions({ agent: { id } }: { agent: AgentView }) {
  const { agents: words } = useText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [asked, ask] = useDisclosure();
  const remove = useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/agents/{id}', { params: { path: { id } } })),
    onSuccess: async () => {
      toast(words.removed('1'));
      await navigate({ to: '/agents' });
      void queries.invalidateQueries({ queryKey: keys.agentLists });
    },
  });
  return (
    <>
      <Button size="xs" variant="default" leftSection={<Trash2 size={14} />} onClick={ask.open}>{words.remove}</Button>
      <Confirm title={words.remove} deed={words.remove} opened={asked} pending={remove.isPending} error={remove.error} onConfirm={() => { remove.mutate(); }} onClose={ask.close}>
        {words.removeHint}
      </Confirm>
    </>
  );
}
