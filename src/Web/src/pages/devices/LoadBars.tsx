import { useTimeout } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../i18n/TextProvider';
import { useFormat } from '../../time/useFormat';
import { useNow } from '../../time/useNow';
import classes from './Devices.module.css';
import { loadOf } from './load';
import { figuresQuery } from './queries';

/** A row that is only scrolled past asks for nothing. */
const settled = 300;

export function LoadBars({ id }: { id: string }) {
  const { devices: words } = useText();
  const { percent } = useFormat();
  const [stays, setStays] = useState(false);
  useTimeout(() => { setStays(true); }, settled, { autoInvoke: true });
  const figures = useQuery({ ...figuresQuery(id), enabled: stays });
  const { cpu, memory } = loadOf(figures.data?.items ?? [], useNow(10_000));
  return (
    <div className={classes.bars}>
      <Bar share={cpu} label={cpu === undefined ? undefined : words.cpu(percent(cpu))} />
      <Bar share={memory} label={memory === undefined ? undefined : words.memory(percent(memory))} />
    </div>
  );
}

function Bar({ share, label }: { share: number | undefined; label: string | undefined }) {
  return (
    <div className={classes.bar} {...(label !== undefined && { role: 'img', 'aria-label': label, title: label })}>
      {share !== undefined && <i data-full={share > 0.9 || undefined} style={{ width: `${String(Math.min(1, share) * 100)}%` }} />}
    </div>
  );
}
