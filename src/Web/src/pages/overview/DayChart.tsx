import { Button, Paper, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ListChecks, Server } from 'lucide-react';
import { Chart } from '../../charts/Chart';
import { useText } from '../../i18n/TextProvider';
import { Empty } from '../../list/Empty';
import { useFormat } from '../../time/useFormat';
import { useNow } from '../../time/useNow';
import classes from './Overview.module.css';
import { hoursOf } from './hours';
import { dayQuery, deviceCount } from './queries';

/** What was done in each of the last hours; before there is anything, how to come to it. */
export function DayChart() {
  const { day: words } = useText().overview;
  const { compact, clock } = useFormat();
  const now = useNow(60_000);
  const report = useQuery(dayQuery(now));
  const devices = useQuery(deviceCount());
  const hours = hoursOf(report.data?.items ?? [], now);
  return (
    <Paper p="md" className={classes.day}>
      <Text component="h2" size="sm" fw={600} mb="sm">{words.title}</Text>
      {report.data === undefined ? (
        !report.isError && <Skeleton height={222} />
      ) : report.data.sum.ended > 0 ? (
        <Chart
          label={words.title}
          words={hours.map(({ at }) => clock(at).slice(0, 5))}
          say={compact}
          series={[
            { name: words.done, colour: 'var(--status-healthy)', values: hours.map(({ done }) => done) },
            { name: words.failed, colour: 'var(--status-unhealthy)', values: hours.map(({ failed }) => failed) },
          ]}
        />
      ) : devices.data?.total === 0 ? (
        <Empty icon={Server} title={words.noDevice} hint={words.noDeviceHint}>
          <Button renderRoot={(props) => <Link {...props} to="/devices" search={{ enrol: true }} />} size="xs">{words.enrol}</Button>
        </Empty>
      ) : (
        <Empty icon={ListChecks} title={words.nothing} hint={words.nothingHint}>
          <Button component={Link} to="/tasks/new" size="xs">{words.submit}</Button>
        </Empty>
      )}
    </Paper>
  );
}
