import { useMemo } from 'react';
import { useText } from '../../i18n/TextProvider';
import type { Column } from '../../list/VirtualTable';
import { RowLink } from '../../parts/RowLink';
import { StateBadge } from '../../parts/StateBadge';
import { useFormat } from '../../time/useFormat';
import { When } from '../../time/When';
import classes from './Devices.module.css';
import { stateOf } from './state';
import { LoadBars } from './LoadBars';
import type { Device } from './queries';

const mostLabels = 3;

export function nameOf({ hostname, id }: Pick<Device, 'hostname' | 'id'>): string {
  return hostname === '' ? id : hostname;
}

export function useDeviceColumns(): readonly Column<Device>[] {
  const { devices: words, parts } = useText();
  const { number } = useFormat();
  return useMemo(
    () => [
      { key: 'state', head: words.columns.state, width: '104px', phone: true, cell: (device) => <StateBadge state={stateOf(device)} /> },
      {
        key: 'device',
        head: words.columns.device,
        width: 'minmax(150px, 1fr)',
        phone: true,
        cell: (device) => (
          <>
            <RowLink href={`/devices/${encodeURIComponent(device.id)}`}>{nameOf(device)}</RowLink>
            {device.hostname !== '' && device.hostname !== device.id && <span className={classes.dim}>{device.id}</span>}
          </>
        ),
      },
      { key: 'agents', head: words.columns.agents, width: '64px', align: 'right', cell: ({ agents }) => number(agents) },
      { key: 'load', head: words.columns.load, width: '130px', cell: ({ load, status }) => (status === 'offline' ? '–' : <LoadBars load={load} />) },
      {
        key: 'labels',
        head: words.columns.labels,
        width: 'minmax(120px, 1fr)',
        // What is installed there stands in the detail.
        cell: ({ labels }) => Object.entries(labels).filter(([name]) => !name.startsWith('program.')).slice(0, mostLabels).map(([name, value]) => <span key={name} className={classes.label}>{name}={value}</span>),
      },
      { key: 'version', head: words.columns.version, width: '80px', cell: ({ version }) => version },
      { key: 'seen', head: words.columns.seen, width: '104px', align: 'right', cell: ({ status, last_seen }) => (status === 'offline' ? <When at={last_seen} /> : parts.now) },
    ],
    [words, parts, number],
  );
}
