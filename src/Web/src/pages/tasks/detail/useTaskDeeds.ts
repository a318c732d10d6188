import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../../api';
import { toast } from '../../../feedback/toasts';
import { useText } from '../../../i18n/TextProvider';
import { keys } from '../../../live/keys';
import { gatherOf, type Gathering } from '../submit/GatherFields';

/** What can be done with one task. */
export function useTaskDeeds(id: string) {
  const { task: words, gather: together } = useText();
  const queries = useQueryClient();
  const path = { path: { id } };
  const refresh = () => queries.invalidateQueries({ queryKey: [...keys.tasks, 'one', id] });
  const done = (text: string) => () => {
    toast(text);
    return refresh();
  };

  const cancel = useMutation({
    mutationFn: (reason: string) => unwrap(api.POST('/api/v1/tasks/{id}/cancel', { params: path, body: { grace_seconds: null, reason: reason === '' ? null : reason } })),
    onSuccess: done(words.cancel.done),
  });
  const retry = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/tasks/{id}/retry', { params: path })),
    onSuccess: done(words.retry.done),
    onError: (error) => {
      toast(words.retry.deed, error);
    },
  });
  const move = useMutation({
    mutationFn: ({ agent, device }: { agent?: string | undefined; device?: string | undefined }) =>
      unwrap(api.POST('/api/v1/tasks/{id}/migrate', { params: path, body: { agent_id: agent ?? null, device_id: device ?? null, grace_seconds: null } })),
    onSuccess: done(words.move.done),
  });
  const gather = useMutation({
    mutationFn: (gathering: Gathering) => unwrap(api.POST('/api/v1/tasks/{id}/group', { params: path, body: gatherOf(gathering) })),
    onSuccess: done(together.done),
  });
  return { cancel, retry, move, gather };
}
