import { Group, Stack, Text } from '@mantine/core';
import { FailureAlert } from '../../feedback/FailureAlert';
import { useText, useTexts } from '../../i18n/TextProvider';
import { languages } from '../../i18n/languages';
import { PageTitle } from '../../shell/PageTitle';
import classes from './Overview.module.css';
import { ServiceTable } from './ServiceTable';
import { SummaryCard, SummaryPlaceholder } from './SummaryCard';
import { useHealth } from './useHealth';

export function OverviewPage() {
  const { overview: words } = useText();
  const health = useHealth();
  const clock = useClock(health.dataUpdatedAt);
  const refetch = () => {
    void health.refetch();
  };

  return (
    <Stack gap="lg">
      <Group justify="space-between" align="center" mih={36}>
        <PageTitle>{words.title}</PageTitle>
        {health.data && <Freshness live={!health.isError} clock={clock} />}
      </Group>

      {health.isError && (
        <FailureAlert error={health.error} onRetry={refetch} {...(health.data && { detail: words.stale(clock) })} />
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

function useClock(at: number): string {
  const { language } = useTexts();
  return new Intl.DateTimeFormat(languages[language].tag, { timeStyle: 'medium', hourCycle: 'h23' }).format(at);
}
