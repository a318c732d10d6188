import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { useText } from '../../i18n/TextProvider';
import { nameOf } from './columns';
import classes from './Devices.module.css';
import { newestQuery } from './newest';
import type { Device } from './queries';
import { hasCome } from './state';

/** The socket tells that there is a new one. */
export function Arrival({ id, before, onClose }: { id: string; before: Device | null; onClose: () => void }) {
  const { enrol: words } = useText().devices;
  const { data: newest } = useQuery(newestQuery(id));
  const device = hasCome(id, before, newest) ? newest : undefined;
  return (
    <div className={classes.wait} role="status">
      {device === undefined ? <Loader size={15} /> : <CircleCheck size={17} color="var(--status-healthy)" aria-hidden="true" />}
      {device === undefined ? words.waiting : words.here(nameOf(device))}
      {device && <Link to="/devices/$id" params={{ id: device.id }} onClick={onClose}>{words.look}</Link>}
    </div>
  );
}
