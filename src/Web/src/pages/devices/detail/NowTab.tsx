import { SegmentedControl, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { LineChart } from '../../../parts/LineChart';
import { useFormat } from '../../../time/useFormat';
import classes from '../Devices.module.css';
import { figuresQuery, seriesQuery } from '../queries';
import { ranges, type Range } from '../search';

/** What the device measures of itself, as lines. */
export function NowTab({ id, range, onRange }: { id: string; range: Range; onRange: (range: Range) => void }) {
  const { devices: words } = useText();
  const { percent, bytes, decimal } = useFormat();
  const figures = useQuery(figuresQuery(id));
  const last = (name: string) => figures.data?.items.find((figure) => figure.name === name);
  const labelOf = (name: string) => Object.entries(last(name)?.labels ?? {}).map(([key, value]) => `${key}:${value}`)[0];
  const seconds = ranges[range];
  const shared = { id, seconds };
  return (
    <Stack gap="sm">
      <SegmentedControl
        style={{ alignSelf: 'flex-start' }}
        aria-label={words.range.label}
        value={range}
        data={(Object.keys(ranges) as Range[]).map((value) => ({ value, label: words.range[value] }))}
        onChange={onRange}
      />
      {figures.isError && <FailureAlert error={figures.error} onRetry={() => void figures.refetch()} />}
      <div className={classes.charts}>
        <Chart {...shared} name="cpu.usage" title={words.charts.cpu} top={1} format={percent} />
        <Chart {...shared} name="memory.used" title={words.charts.memory} top={last('memory.total')?.last} format={bytes} />
        <Chart {...shared} name="load.1" title={words.charts.load} format={decimal} />
        <Chart {...shared} name="disk.used" label={labelOf('disk.used')} title={words.charts.disk} top={last('disk.total')?.last} format={bytes} />
        <Chart {...shared} name="network.received" label={labelOf('network.received')} title={words.charts.received} format={bytes} />
        <Chart {...shared} name="network.sent" label={labelOf('network.sent')} title={words.charts.sent} format={bytes} />
      </div>
    </Stack>
  );
}

interface ChartProps {
  id: string;
  seconds: number;
  name: string;
  title: string;
  label?: string | undefined;
  top?: number | undefined;
  format: (value: number) => string;
}

function Chart({ id, seconds, name, title, label, top, format }: ChartProps) {
  const { charts: words } = useText().devices;
  const series = useQuery(seriesQuery(id, name, label, seconds));
  if (series.isError) {
    return <FailureAlert error={series.error} title={title} />;
  }
  if (series.data === undefined) {
    return <Skeleton height={172} radius="lg" />;
  }
  const { items, from, to, step } = series.data;
  const most = Math.max(0, ...items.map(({ max }) => max));
  return (
    <LineChart
      title={title}
      label={items.length === 0 ? `${title}: ${words.none}` : words.about(title, format(items.at(-1)?.last ?? 0), format(most))}
      items={items}
      from={Date.parse(from)}
      to={Date.parse(to)}
      step={step}
      top={top}
      format={format}
    />
  );
}
