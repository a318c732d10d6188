import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../../api';
import { toast } from '../../../feedback/toasts';
import { useText } from '../../../i18n/TextProvider';
import { manyAtOnce } from '../../../list/manyAtOnce';
import type { Selection } from '../../../list/useSelection';
import { keys } from '../../../live/keys';
import { useFormat } from '../../../time/useFormat';

/** What can be done with many tasks at once. Each is asked for by itself; what is refused is said. */
export function TaskDeeds({ selection }: { selection: Selection }) {
  const { tasks: words } = useText();
  const { number } = useFormat();
  const queries = useQueryClient();
  const ids = [...selection.ids];

  const deed = useMutation({
    mutationFn: async (what: 'cancel' | 'retry') => {
      const call = (id: string) => unwrap<unknown>(what === 'cancel'
        ? api.POST('/api/v1/tasks/{id}/cancel', { params: { path: { id } } })
        : api.POST('/api/v1/tasks/{id}/retry', { params: { path: { id } } }));
      return { what, ...(await manyAtOnce(ids, call)) };
    },
    onSuccess: ({ what, done, failed, error }) => {
      if (done > 0) {
        toast((what === 'cancel' ? words.canceled : words.retried)(number(done)));
      }
      if (failed > 0) {
        toast(words.someFailed(number(failed)), error);
      }
      selection.clear();
      void queries.invalidateQueries({ queryKey: keys.taskLists });
    },
  });

  return (
    <>
      <Button size="compact-sm" variant="default" loading={deed.isPending} onClick={() => { deed.mutate('retry'); }}>
        {words.retryMany(number(ids.length))}
      </Button>
      <Button size="compact-sm" color="danger" loading={deed.isPending} onClick={() => { deed.mutate('cancel'); }}>
        {words.cancelMany(number(ids.length))}
      </Button>
    </>
  );
}
