import { Paper, Skeleton, Stack, Text, VisuallyHidden } from '@mantine/core';
import { ServerOff } from 'lucide-react';
import { useText } from '../../i18n/TextProvider';
import type { ServiceState } from './health';
import classes from './Overview.module.css';
import { ServiceRow } from './ServiceRow';

/** Without services: the table's own shape while they are on their way. */
export function ServiceTable({ services, stale = false }: { services?: ServiceState[]; stale?: boolean }) {
  const { overview: words } = useText();
  if (services?.length === 0) {
    return <NothingYet />;
  }

  return (
    <Paper className={classes.panel} data-stale={stale || undefined}>
      <table className={classes.table} aria-busy={services === undefined}>
        <caption>
          <VisuallyHidden>{words.services}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <th scope="col">{words.columns.service}</th>
            <th scope="col">{words.columns.status}</th>
            <th scope="col">{words.columns.recent}</th>
            <th scope="col" className={classes.right}>
              {words.columns.replicas}
            </th>
            <th scope="col" className={classes.right}>
              {words.columns.answer}
            </th>
          </tr>
        </thead>
        <tbody>
          {services?.map((service) => <ServiceRow key={service.name} service={service} />) ??
            Array.from({ length: 6 }, (_, row) => <PlaceholderRow key={row} />)}
        </tbody>
      </table>
    </Paper>
  );
}

function PlaceholderRow() {
  return (
    <tr className={classes.row}>
      <td colSpan={5}>
        <Stack gap={8}>
          <Skeleton height={12} width={120} />
          <Skeleton height={10} width={210} />
        </Stack>
      </td>
    </tr>
  );
}

function NothingYet() {
  const { overview: words } = useText();
  return (
    <Paper className={classes.empty}>
      <ServerOff size={28} aria-hidden="true" />
      <Text fw={600}>{words.empty}</Text>
      <Text size="sm" c="dimmed">
        {words.emptyHint}
      </Text>
    </Paper>
  );
}
