import { useElementSize } from '@mantine/hooks';
import classes from './Chart.module.css';
import { everyNth, roundUp } from './scale';

export interface Series {
  name: string;
  colour: string;
  values: readonly (number | null)[];
}

export interface ChartProps {
  /** What it shows, in words. */
  label: string;
  /** Beneath each place. */
  words: readonly string[];
  series: readonly Series[];
  say: (value: number) => string;
  /** Bars stand upon each other; lines each by itself. */
  kind?: 'bars' | 'lines';
  height?: number;
}

const left = 52;
const foot = 22;

/** A small chart: what it says stands in its titles, and in the table that its page shows as well. */
export function Chart({ label, words, series, say, kind = 'bars', height = 200 }: ChartProps) {
  const { ref, width } = useElementSize();
  const sums = words.map((_, at) => (kind === 'bars' ? series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0) : Math.max(0, ...series.map(({ values }) => values[at] ?? 0))));
  const top = roundUp(Math.max(0, ...sums));
  const room = Math.max(10, width - left);
  const slot = room / Math.max(1, words.length);
  const tall = height - foot - 8;
  const y = (value: number) => 8 + tall - (value / top) * tall;
  const nth = everyNth(words.length, room, 58);
  const bar = Math.max(2, Math.min(36, slot * 0.68));

  return (
    <div ref={ref}>
      <svg className={classes.chart} height={height} role="img" aria-label={label}>
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line className={classes.line} x1={left} x2={width} y1={y(top * share)} y2={y(top * share)} />
            <text className={classes.word} x={left - 8} y={y(top * share) + 4} textAnchor="end">{say(top * share)}</text>
          </g>
        ))}
        {words.map((word, at) => (
          <g key={at} className={classes.slot}>
            <title>{[word, ...series.map(({ name, values }) => `${name}: ${values[at] === null || values[at] === undefined ? '–' : say(values[at])}`)].join('\n')}</title>
            <rect className={classes.ground} x={left + at * slot} y={8} width={slot} height={tall} rx={3} />
            {kind === 'bars' && stacked(series, at).map(({ colour, from, to, name }) => (
              <rect key={name} className={classes.bar} x={left + at * slot + (slot - bar) / 2} width={bar} y={y(to)} height={Math.max(0, y(from) - y(to))} rx={Math.min(2, bar / 2)} fill={colour} />
            ))}
            {at % nth === 0 && <text className={classes.word} x={left + (at + 0.5) * slot} y={height - 4} textAnchor="middle">{word}</text>}
          </g>
        ))}
        {kind === 'lines' && series.map(({ name, colour, values }) => (
          <g key={name} pointerEvents="none">
            <polyline className={classes.stroke} stroke={colour} points={values.flatMap((value, at) => (value === null ? [] : [`${String(left + (at + 0.5) * slot)},${String(y(value))}`])).join(' ')} />
            {values.map((value, at) => value !== null && <circle key={at} cx={left + (at + 0.5) * slot} cy={y(value)} r={2.5} fill={colour} />)}
          </g>
        ))}
      </svg>
      {series.length > 1 && (
        <div className={classes.legend}>
          {series.map(({ name, colour }) => (
            <span key={name}><i style={{ background: colour }} aria-hidden="true" />{name}</span>
          ))}
        </div>
      )}
    </div>
  );
}

function stacked(series: readonly Series[], at: number) {
  let from = 0;
  return series.map(({ name, colour, values }) => {
    const to = from + (values[at] ?? 0);
    const part = { name, colour, from, to };
    from = to;
    return part;
  });
}
