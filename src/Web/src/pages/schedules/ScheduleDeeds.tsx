import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../api';
import { toast } from '../../feedback/toasts';
import { useText } from '../../i18n/TextProvider';
import { manyAtOnce } from '../../list/manyAtOnce';
import type { Selection } from '../../list/useSelection';
import { keys } from '../../live/keys';
import { useFormat } from '../../time/useFormat';

/** What can be done with many at once, and taken back. */
export function ScheduleDeeds({ selection }: { selection: Selection }) {
  const { schedules: words } = useText();
  const { number } = useFormat();
  const queries = useQueryClient();
  const ids = [...selection.ids];
  const turn = useMutation({
    mutationFn: (on: boolean) =>
      manyAtOnce(ids, (id) => unwrap(on ? api.POST('/api/v1/schedules/{id}/resume', { params: { path: { id } } }) : api.POST('/api/v1/schedules/{id}/pause', { params: { path: { id } } }))),
    onSuccess: ({ done, failed, error }, on) => {
      if (done > 0) {
        toast(on ? words.resumedMany(number(done)) : words.pausedMany(number(done)));
      }
      if (failed > 0) {
        toast(words.someFailed(number(failed)), error);
      }
      selection.clear();
      void queries.invalidateQueries({ queryKey: keys.schedules });
    },
  });
  return (
    <>
      <Button size="compact-sm" variant="default" loading={turn.isPending && !turn.variables} onClick={() => { turn.mutate(false); }}>{words.pause}</Button>
      <Button size="compact-sm" variant="default" loading={turn.isPending && turn.variables} onClick={() => { turn.mutate(true); }}>{words.resume}</Button>
    </>
  );
}
