import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, unwrap } from '../../api';
import { toast } from '../../feedback/toasts';
import { useText } from '../../i18n/TextProvider';
import { keys } from '../../live/keys';
import { scheduleQuery, type ScheduleView } from './queries';

export function useScheduleDeeds({ id, name }: ScheduleView) {
  const { schedules: words } = useText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const params = { path: { id } };
  const taken = (schedule: ScheduleView, said: string) => {
    queries.setQueryData(scheduleQuery(id).queryKey, schedule);
    void queries.invalidateQueries({ queryKey: [...keys.schedules, 'list'] });
    toast(said);
  };
  const onError = (error: unknown) => { toast(words.failed, error); };
  return {
    pause: useMutation({ mutationFn: () => unwrap(api.POST('/api/v1/schedules/{id}/pause', { params })), onSuccess: (schedule) => { taken(schedule, words.paused); }, onError }),
    resume: useMutation({ mutationFn: () => unwrap(api.POST('/api/v1/schedules/{id}/resume', { params })), onSuccess: (schedule) => { taken(schedule, words.resumed); }, onError }),
    run: useMutation({
      mutationFn: () => unwrap(api.POST('/api/v1/schedules/{id}/run', { params, headers: { 'Idempotency-Key': crypto.randomUUID() } })),
      onSuccess: ({ task_id, reason }) => {
        toast(task_id === null ? [words.notRun, reason].filter(Boolean).join(': ') : words.ran);
        void queries.invalidateQueries({ queryKey: keys.schedules });
      },
      onError,
    }),
    remove: useMutation({
      mutationFn: () => unwrap(api.DELETE('/api/v1/schedules/{id}', { params })),
      onSuccess: async () => {
        toast(words.removed(name));
        await navigate({ to: '/schedules', ignoreBlocker: true });
        void queries.invalidateQueries({ queryKey: [...keys.schedules, 'list'] });
      },
    }),
  };
}
