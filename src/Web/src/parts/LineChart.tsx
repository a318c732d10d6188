import { useId, useState } from 'react';
import { useFormat } from '../time/useFormat';
import { chartOf, nearest, pathOf, type Measured, type Point } from './chart';
import classes from './LineChart.module.css';

export interface LineChartProps {
  title: string;
  /** All that a reader who does not see it needs. */
  label: string;
  items: readonly Measured[];
  from: number;
  to: number;
  step: number;
  top?: number | undefined;
  format: (value: number) => string;
}

const width = 480;
const height = 110;

export function LineChart({ title, label, items, from, to, step, top, format }: LineChartProps) {
  const { clock } = useFormat();
  const shade = useId();
  const [pointed, setPointed] = useState<Point>();
  const chart = chartOf(items, { from, to, step, width, height, top });
  const last = items.at(-1);
  return (
    <figure className={classes.chart}>
      <figcaption>
        <span>{title}</span>
        <strong>{pointed ? `${format(pointed.item.avg)} · ${clock(Date.parse(pointed.item.at))}` : last && format(last.last)}</strong>
      </figcaption>
      <svg
        viewBox={`0 0 ${String(width)} ${String(height)}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          setPointed(nearest(chart.lines, ((event.clientX - box.left) / box.width) * width));
        }}
        onPointerLeave={() => { setPointed(undefined); }}
      >
        <defs>
          <linearGradient id={shade} x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stopColor="var(--mantine-color-iris-5)" stopOpacity=".28" />
            <stop offset="1" stopColor="var(--mantine-color-iris-5)" stopOpacity="0" />
          </linearGradient>
        </defs>
        {[0.25, 0.5, 0.75].map((share) => <line key={share} x1={0} x2={width} y1={height * share} y2={height * share} className={classes.grid} />)}
        {chart.lines.map((line) => (
          <g key={line[0]?.x}>
            <path d={`${pathOf(line)}L${String(line.at(-1)?.x)} ${String(height)}L${String(line[0]?.x)} ${String(height)}Z`} fill={`url(#${shade})`} />
            <path d={pathOf(line)} className={classes.line} />
          </g>
        ))}
        {pointed && <line x1={pointed.x} x2={pointed.x} y1={0} y2={height} className={classes.here} />}
      </svg>
    </figure>
  );
}
