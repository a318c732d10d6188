import { Button, Group, Paper, Skeleton, Stack } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ChartColumn } from 'lucide-react';
import { FailureAlert } from '../../feedback/FailureAlert';
import { useText } from '../../i18n/TextProvider';
import { Empty } from '../../list/Empty';
import { reportQuery } from '../../reports/queries';
import { useReportsFresh } from '../../reports/useReportsFresh';
import { PageTitle } from '../../shell/PageTitle';
import { dayAgo } from '../../reports/days';
import { useNow } from '../../time/useNow';
import { Charts } from './Charts';
import { Download } from './Download';
import { GroupTable } from './GroupTable';
import { isByHour } from './places';
import { ReportFilters } from './ReportFilters';
import { spanOf, wishOf } from './search';
import { Summary } from './Summary';

const route = getRouteApi('/signed-in/reports');

export function ReportsPage() {
  const { reports: words, list } = useText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  // At midnight "today" is another day.
  const today = dayAgo(0, useNow(60_000)).getTime();
  const span = spanOf(search, today);
  const wish = wishOf(search, span);
  const byTime = useQuery({ ...reportQuery({ ...wish, group_by: isByHour(span) ? 'hour' : 'day' }), placeholderData: keepPreviousData });
  const by = search.by ?? 'post';
  const grouped = useQuery({ ...reportQuery({ ...wish, group_by: by }), placeholderData: keepPreviousData });
  useReportsFresh();
  const failed = [byTime, grouped].find(({ isError }) => isError);
  const isFiltered = Object.keys(search).some((name) => name !== 'by');
  return (
    <Stack gap="md">
      <Group justify="space-between" mih={36}>
        <PageTitle>{words.title}</PageTitle>
        <Download wish={{ ...wish, group_by: by }} />
      </Group>
      <ReportFilters search={search} span={span} onChange={(next) => void navigate({ search: next, replace: true })} />
      {failed && <FailureAlert error={failed.error} onRetry={() => { void byTime.refetch(); void grouped.refetch(); }} />}
      {byTime.data === undefined || grouped.data === undefined ? (
        !failed && <Skeleton height={520} radius="lg" />
      ) : grouped.data.sum.ended === 0 ? (
        <Paper py={40}>
          <Empty icon={ChartColumn} title={words.empty} hint={words.emptyHint}>
            {isFiltered
              ? <Button variant="default" size="xs" onClick={() => void navigate({ search: {} })}>{list.clearFilters}</Button>
              : <Button size="xs" component={Link} to="/tasks/new">{words.submit}</Button>}
          </Empty>
        </Paper>
      ) : (
        <>
          <Summary sum={grouped.data.sum} />
          <Charts span={span} items={byTime.data.items} />
          <GroupTable key={by} report={grouped.data} />
        </>
      )}
    </Stack>
  );
}
