import { Group, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import { useText } from '../../i18n/TextProvider';
import type { Catalogue } from '../../i18n/en';
import { milliseconds, summarize, type ServiceState, type Summary } from './health';
import classes from './Overview.module.css';

const icons = { healthy: CircleCheck, degraded: TriangleAlert, unhealthy: CircleAlert };

export function SummaryCard({ services, stale }: { services: ServiceState[]; stale: boolean }) {
  const { overview: words } = useText();
  if (services.length === 0) {
    return null;
  }

  const summary = summarize(services);
  const Icon = icons[summary.worst];
  return (
    <Paper className={classes.summary} data-status={summary.worst} data-stale={stale || undefined}>
      <Group wrap="nowrap" gap="md">
        <span className={classes.mark} aria-hidden="true">
          <Icon size={22} />
        </span>
        <div>
          {/* Said aloud when it changes, and only then. */}
          <Text fw={600} size="lg" role="status">
            {headline(summary, services.length, words)}
          </Text>
          <Text size="sm" c="dimmed" className={classes.number}>
            {words.counts(services.length, summary.replicas)}
            {summary.slowest !== null && ` · ${words.slowest(milliseconds(summary.slowest))}`}
          </Text>
        </div>
      </Group>
    </Paper>
  );
}

function headline({ attention }: Summary, total: number, words: Catalogue['overview']): string {
  const [only] = attention;
  if (only === undefined) {
    return words.allHealthy;
  }
  return attention.length === 1 ? words.attention(only) : words.attentionMany(attention.length, total);
}

export function SummaryPlaceholder() {
  const { loading } = useText().shell;
  return (
    <Paper className={classes.summary} aria-busy="true" aria-label={loading}>
      <Group wrap="nowrap" gap="md">
        <Skeleton circle height={44} />
        <Stack gap={10}>
          <Skeleton height={16} width={200} />
          <Skeleton height={12} width={260} maw="50vw" />
        </Stack>
      </Group>
    </Paper>
  );
}
