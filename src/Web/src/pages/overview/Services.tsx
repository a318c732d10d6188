import { Group, Stack, Text } from '@mantine/core';
import { FailureAlert } from '../../feedback/FailureAlert';
import { useText } from '../../i18n/TextProvider';
import { useFormat } from '../../time/useFormat';
import classes from './Overview.module.css';
import { ServiceTable } from './ServiceTable';
import { SummaryCard, SummaryPlaceholder } from './SummaryCard';
import type { useHealth } from './useHealth';

/** How our own parts are. */
export function Services({ health }: { health: ReturnType<typeof useHealth> }) {
  const words = useText().overview;
  const clock = useFormat().clock(health.dataUpdatedAt);
  return (
    <Stack gap="md" component="section" id="services" aria-label={words.services}>
      <Group justify="space-between" align="center" mih={28}>
        <Text component="h2" size="sm" fw={600}>{words.services}</Text>
        {health.data && <Freshness live={!health.isError} clock={clock} />}
      </Group>
      {health.isError && (
        <FailureAlert error={health.error} onRetry={() => void health.refetch()} {...(health.data && { detail: words.stale(clock) })} />
      )}
      {health.data && <SummaryCard services={health.data} stale={health.isError} />}
      {health.data && <ServiceTable services={health.data} stale={health.isError} />}
      {health.isPending && <SummaryPlaceholder />}
      {health.isPending && <ServiceTable />}
    </Stack>
  );
}

function Freshness({ live, clock }: { live: boolean; clock: string }) {
  const { overview: words } = useText();
  return (
    <Group gap={8} wrap="nowrap" className={classes.freshness} data-live={live || undefined}>
      <span className={classes.pulse} aria-hidden="true" />
      {live && (
        <Text size="sm" fw={550}>
          {words.live}
        </Text>
      )}
      <Text size="sm" c="dimmed" className={classes.number}>
        {words.asOf(clock)}
      </Text>
    </Group>
  );
}
