import { Paper, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Chart } from '../../../charts/Chart';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { dayAgo, daysBetween } from '../../../reports/days';
import { reportQuery, type WorkFigures } from '../../../reports/queries';
import { Facts } from '../../../parts/Facts';
import { useFormat } from '../../../time/useFormat';
import { budgetQuery } from '../queries';

const days = 30;

/** What it did and what that cost, day by day. */
export function UsageTab({ id }: { id: string }) {
  const { usage: words } = useText().agents;
  const { number, compact, dollars, percent, dayMonth } = useFormat();
  const [from] = useState(() => dayAgo(days - 1));
  const report = useQuery(reportQuery({ group_by: 'day', agent_id: id, from: from.toISOString() }));
  const budget = useQuery(budgetQuery(id));
  if (report.isError) {
    return <FailureAlert error={report.error} onRetry={() => void report.refetch()} />;
  }
  if (report.data === undefined) {
    return <Skeleton height={260} radius="lg" />;
  }
  const { sum } = report.data;
  const names = daysBetween(from, new Date());
  const byDay = new Map(report.data.items.map((figures) => [figures.key, figures]));
  const of = (pick: (figures: WorkFigures) => number) => names.map((name) => { const figures = byDay.get(name); return figures === undefined ? 0 : pick(figures); });
  const limits = budget.data?.limits;
  return (
    <Stack gap="md">
      <Facts
        facts={[
          [words.ended(String(days)), number(sum.ended)],
          [words.success, sum.success_rate === null ? '–' : percent(sum.success_rate)],
          [words.tokens, compact(sum.usage.input_tokens + sum.usage.output_tokens)],
          [words.cost, dollars(sum.usage.cost_usd)],
          [words.today, budget.data && `${compact(budget.data.spent.tokens)} · ${dollars(budget.data.spent.cost_usd)}`],
          [words.limit, limits && (limits.tokens_per_day == null && limits.cost_per_day == null
            ? words.noLimit
            : [limits.tokens_per_day == null ? undefined : compact(limits.tokens_per_day), limits.cost_per_day == null ? undefined : dollars(limits.cost_per_day), budget.data?.share == null ? undefined : percent(budget.data.share)].filter(Boolean).join(' · '))],
        ]}
      />
      <Paper p="md">
        <Text size="sm" fw={550} mb="sm">{words.tasksByDay}</Text>
        <Chart
          label={words.tasksByDay}
          words={names.map((name) => dayMonth(name))}
          say={compact}
          series={[
            { name: words.done, colour: 'var(--status-healthy)', values: of(({ done }) => done) },
            { name: words.failed, colour: 'var(--status-unhealthy)', values: of(({ failed }) => failed) },
          ]}
        />
      </Paper>
      <Paper p="md">
        <Text size="sm" fw={550} mb="sm">{words.tokensByDay}</Text>
        <Chart
          label={words.tokensByDay}
          words={names.map((name) => dayMonth(name))}
          say={compact}
          series={[{ name: words.tokens, colour: 'var(--mantine-color-iris-6)', values: of(({ usage }) => usage.input_tokens + usage.output_tokens) }]}
        />
      </Paper>
    </Stack>
  );
}
