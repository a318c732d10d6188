import { useText } from '../../i18n/TextProvider';
import { milliseconds, remembered, type Check } from './health';
import classes from './Overview.module.css';

const width = 4;
const gap = 2;
const height = 22;

/** The last looks at a service as bars: colour tells the state, height the time of the answer (logarithmic, 1 ms to 1 s). */
export function History({ checks }: { checks: Check[] }) {
  const { overview: words } = useText();
  const good = checks.filter(({ status }) => status === 'healthy').length;
  const total = remembered * (width + gap) - gap;

  return (
    <svg
      className={classes.history}
      width={total}
      height={height}
      viewBox={`0 0 ${String(total)} ${String(height)}`}
      role="img"
      aria-label={words.checks(checks.length, good)}
    >
      {Array.from({ length: remembered }, (_, slot) => {
        const check = checks[slot - remembered + checks.length];
        const tall = check === undefined ? 3 : barHeight(check);
        return (
          <rect
            key={slot}
            data-status={check?.status}
            x={slot * (width + gap)}
            y={height - tall}
            width={width}
            height={tall}
            rx={1.5}
          >
            {check && <title>{`${words.status[check.status]} · ${milliseconds(check.ms)}`}</title>}
          </rect>
        );
      })}
    </svg>
  );
}

function barHeight({ ms }: Check): number {
  if (ms === null) {
    return height;
  }
  const share = Math.log10(Math.min(Math.max(ms, 1), 1000)) / 3;
  return 8 + share * (height - 8);
}
