import { Paper, SimpleGrid, Text } from '@mantine/core';
import { Chart, type Series } from '../../charts/Chart';
import { useText } from '../../i18n/TextProvider';
import type { WorkFigures, WorkTimes } from '../../reports/queries';
import { useFormat } from '../../time/useFormat';
import { placesOf, unitOf } from './places';
import type { Span } from './search';
import { useLengths } from './useLengths';

const accent = 'var(--mantine-color-iris-6)';
const second = 'var(--status-degraded)';

/** How it went over the time that is asked for. */
export function Charts({ span, items }: { span: Span; items: readonly WorkFigures[] }) {
  const { reports: words } = useText();
  const { compact, dollars, dayMonth, hour } = useFormat();
  const { round, share } = useLengths();
  const places = placesOf(span, items, { day: dayMonth, hour });
  const count = (name: string, colour: string, pick: (figures: WorkFigures) => number): Series => ({ name, colour, values: places.map(({ figures }) => (figures === undefined ? 0 : pick(figures))) });
  const line = (name: string, colour: string, pick: (figures: WorkFigures) => number | null): Series => ({ name, colour, values: places.map(({ figures }) => (figures === undefined ? null : pick(figures))) });
  const times = (pick: (figures: WorkFigures) => WorkTimes) => {
    const unit = unitOf(Math.max(0, ...items.map((figures) => pick(figures).p95 ?? 0)));
    const of = (seconds: number | null) => (seconds === null ? null : seconds / unit);
    return { kind: 'lines' as const, say: (value: number) => round(value * unit), series: [line(words.half, accent, (figures) => of(pick(figures).p50)), line(words.most, second, (figures) => of(pick(figures).p95))] };
  };
  const charts: { title: string; kind: 'bars' | 'lines'; say: (value: number) => string; series: Series[] }[] = [
    {
      title: words.charts.throughput, kind: 'bars', say: compact,
      series: [
        count(words.done, 'var(--status-healthy)', ({ done }) => done),
        count(words.failures, 'var(--status-unhealthy)', ({ failed }) => failed),
        count(words.canceled, 'var(--text-faint)', ({ canceled }) => canceled),
      ],
    },
    { title: words.charts.success, kind: 'lines', say: share, series: [line(words.success, accent, ({ success_rate }) => success_rate)] },
    { title: words.charts.wait, ...times(({ wait }) => wait) },
    { title: words.charts.run, ...times(({ run }) => run) },
    { title: words.charts.cost, kind: 'bars', say: dollars, series: [count(words.cost, accent, ({ usage }) => usage.cost_usd)] },
    {
      title: words.charts.tokens, kind: 'bars', say: compact,
      series: [count(words.charts.input, accent, ({ usage }) => usage.input_tokens), count(words.charts.output, second, ({ usage }) => usage.output_tokens)],
    },
  ];
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
      {charts.map(({ title, ...chart }) => (
        <Paper key={title} p="md" component="section" aria-label={title}>
          <Text size="sm" fw={550} mb="sm">{title}</Text>
          <Chart label={title} words={places.map(({ word }) => word)} height={170} {...chart} />
        </Paper>
      ))}
    </SimpleGrid>
  );
}
