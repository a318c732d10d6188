import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../../api';
import { toast } from '../../../feedback/toasts';
import { useText } from '../../../i18n/TextProvider';
import { manyAtOnce } from '../../../list/manyAtOnce';
import type { Selection } from '../../../list/useSelection';
import { keys } from '../../../live/keys';
import { Confirm } from '../../../parts/Confirm';
import { useFormat } from '../../../time/useFormat';

export function AgentDeeds({ selection }: { selection: Selection }) {
  const { agents: words } = useText();
  const { number } = useFormat();
  const queries = useQueryClient();
  const [asked, ask] = useDisclosure();
  const ids = [...selection.ids];
  const remove = useMutation({
    mutationFn: () => manyAtOnce(ids, (id) => unwrap(api.DELETE('/api/v1/agents/{id}', { params: { path: { id } } }))),
    onSuccess: ({ done, failed, error }) => {
      ask.close();
      if (done > 0) {
        toast(words.removed(number(done)));
      }
      if (failed > 0) {
        toast(words.someFailed(number(failed)), error);
      }
      selection.clear();
      void queries.invalidateQueries({ queryKey: keys.agents });
    },
  });
  return (
    <>
      <Button size="compact-sm" color="danger" onClick={ask.open}>{words.removeMany(number(ids.length))}</Button>
      <Confirm title={words.removeMany(number(ids.length))} deed={words.remove} opened={asked} pending={remove.isPending} error={remove.error} onConfirm={() => { remove.mutate(); }} onClose={ask.close}>
        {words.removeHint}
      </Confirm>
    </>
  );
}
