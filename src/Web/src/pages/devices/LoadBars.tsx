import type { components } from '../../api';
import { useText } from '../../i18n/TextProvider';
import { useFormat } from '../../time/useFormat';
import classes from './Devices.module.css';

export function LoadBars({ load }: { load: components['schemas']['DeviceLoad'] | null }) {
  const { devices: words } = useText();
  const { percent } = useFormat();
  return (
    <div className={classes.bars}>
      <Bar share={load?.cpu} say={(share) => words.cpu(percent(share))} />
      <Bar share={load?.memory} say={(share) => words.memory(percent(share))} />
      <Bar share={load?.disk} say={(share) => words.disk(percent(share))} />
    </div>
  );
}

function Bar({ share, say }: { share: number | null | undefined; say: (share: number) => string }) {
  const label = typeof share === 'number' ? say(share) : undefined;
  return (
    <div className={classes.bar} {...(label !== undefined && { role: 'img', 'aria-label': label, title: label })}>
      {typeof share === 'number' && <i data-full={share > 0.9 || undefined} style={{ width: `${String(share * 100)}%` }} />}
    </div>
  );
}
