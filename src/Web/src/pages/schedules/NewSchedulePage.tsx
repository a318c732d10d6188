import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useBlocker, useNavigate } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { api, ApiError, unwrap } from '../../api';
import { FailureAlert } from '../../feedback/FailureAlert';
import { toast } from '../../feedback/toasts';
import { useText } from '../../i18n/TextProvider';
import { keys } from '../../live/keys';
import detail from '../../parts/DetailPage.module.css';
import form from '../../parts/Form.module.css';
import { PageTitle } from '../../shell/PageTitle';
import { zone } from '../../time/zone';
import { faultsOf } from '../tasks/submit/form';
import { blank, requestOf } from './draft';
import { ScheduleForm } from './form/ScheduleForm';

export function NewSchedulePage() {
  const { schedules: words, shell, parts } = useText();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [nothing] = useState(() => blank(zone()));
  const [draft, setDraft] = useState(nothing);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const faults = faultsOf(draft.task);
  const create = useMutation({
    // The same draft sent twice, by an impatient finger or a lost answer, is one schedule.
    mutationFn: () => unwrap(api.POST('/api/v1/schedules', { body: requestOf(draft), headers: { 'Idempotency-Key': key } })),
    onSuccess: ({ id, name }) => {
      toast(words.created(name));
      void queries.invalidateQueries({ queryKey: [...keys.schedules, 'list'] });
      return navigate({ to: '/schedules/$id', params: { id }, ignoreBlocker: true });
    },
  });
  useBlocker({ shouldBlockFn: () => draft !== nothing && !window.confirm(words.leave), enableBeforeUnload: () => draft !== nothing });
  return (
    <form className={detail.page} onSubmit={(event) => { event.preventDefault(); create.mutate(); }}>
      <div>
        <Link to="/schedules" className={detail.back} aria-label={parts.back(shell.nav.schedules)}>
          <ChevronLeft size={14} aria-hidden="true" />
          {shell.nav.schedules}
        </Link>
        <PageTitle>{words.create}</PageTitle>
      </div>
      <div>
        <ScheduleForm draft={draft} onChange={(next) => { setDraft(next); setKey(crypto.randomUUID()); }} fields={create.error instanceof ApiError ? create.error.fields : {}} />
        <div className={form.save}>
          {create.isError && <div style={{ flexBasis: '100%' }}><FailureAlert error={create.error} /></div>}
          <Button type="submit" loading={create.isPending} disabled={draft.name.trim() === '' || draft.cron.trim() === '' || faults.labels || faults.input}>{words.create}</Button>
        </div>
      </div>
    </form>
  );
}
