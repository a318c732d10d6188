import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { FailureAlert } from '../../feedback/FailureAlert';
import { useText } from '../../i18n/TextProvider';
import { DetailPage } from '../../parts/DetailPage';
import { StateBadge } from '../../parts/StateBadge';
import { pageOf } from '../../shell/pages';
import { When } from '../../time/When';
import { EditTab } from './EditTab';
import { FiringsTab } from './FiringsTab';
import { scheduleQuery } from './queries';
import { ScheduleActions } from './ScheduleActions';
import { stateOf } from './state';
import { TimesTab } from './TimesTab';
import { useCronWords } from './useCronWords';

const route = getRouteApi('/signed-in/schedules/$id');

export function SchedulePage() {
  const { schedules: words } = useText();
  const { id } = route.useParams();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const say = useCronWords();
  const schedule = useQuery(scheduleQuery(id));
  if (schedule.data === undefined) {
    return schedule.isError ? <FailureAlert error={schedule.error} onRetry={() => void schedule.refetch()} /> : <Skeleton height={240} radius="lg" />;
  }
  const { name, cron, time_zone, next_at } = schedule.data;
  return (
    <DetailPage
      key={id}
      list={pageOf('/schedules')}
      title={name}
      badge={<StateBadge state={stateOf(schedule.data)} />}
      about={
        <>
          <span>{say(cron) ?? cron}</span>
          <span>{time_zone}</span>
          {next_at !== null && <span>{words.next} <When at={next_at} /></span>}
        </>
      }
      actions={<ScheduleActions schedule={schedule.data} />}
      tab={tab ?? 'firings'}
      onTab={(next) => void navigate({ search: next === 'firings' ? {} : { tab: next } })}
      tabs={[
        { value: 'firings', label: words.tabs.firings, panel: <FiringsTab schedule={schedule.data} /> },
        { value: 'times', label: words.tabs.times, panel: <TimesTab schedule={schedule.data} /> },
        { value: 'edit', label: words.tabs.edit, panel: <EditTab schedule={schedule.data} /> },
      ]}
    />
  );
}
