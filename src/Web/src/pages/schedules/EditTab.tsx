import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ApiError, unwrap } from '../../api';
import { FailureAlert } from '../../feedback/FailureAlert';
import { toast } from '../../feedback/toasts';
import { useText } from '../../i18n/TextProvider';
import { keys } from '../../live/keys';
import form from '../../parts/Form.module.css';
import { faultsOf } from '../tasks/submit/form';
import { draftOf, requestOf, type Draft } from './draft';
import { ScheduleForm } from './form/ScheduleForm';
import { scheduleQuery, type ScheduleView } from './queries';

export function EditTab({ schedule }: { schedule: ScheduleView }) {
  const { schedules: words } = useText();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Draft>();
  const now = draft ?? draftOf(schedule);
  const faults = faultsOf(now.task);
  const save = useMutation({
    mutationFn: () => unwrap(api.PUT('/api/v1/schedules/{id}', { params: { path: { id: schedule.id } }, body: requestOf(now, schedule) })),
    onSuccess: (saved) => {
      setDraft(undefined);
      queries.setQueryData(scheduleQuery(schedule.id).queryKey, saved);
      void queries.invalidateQueries({ queryKey: [...keys.schedules, 'list'] });
      toast(words.saved);
    },
  });
  useBlocker({ shouldBlockFn: () => draft !== undefined && !window.confirm(words.leave), enableBeforeUnload: () => draft !== undefined });
  return (
    <form onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      <ScheduleForm draft={now} onChange={setDraft} fields={save.error instanceof ApiError ? save.error.fields : {}} />
      {(draft !== undefined || save.isError) && (
        <div className={form.save}>
          {save.isError && <div style={{ flexBasis: '100%' }}><FailureAlert error={save.error} /></div>}
          <Button variant="default" onClick={() => { save.reset(); setDraft(undefined); }}>{words.discard}</Button>
          <Button type="submit" loading={save.isPending} disabled={now.name.trim() === '' || now.cron.trim() === '' || faults.labels || faults.input}>{words.save}</Button>
        </div>
      )}
    </form>
  );
}
