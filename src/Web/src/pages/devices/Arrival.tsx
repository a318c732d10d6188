import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { api, unwrap } from '../../api';
import { useText } from '../../i18n/TextProvider';
import { keys } from '../../live/keys';
import { nameOf } from './columns';
import classes from './Devices.module.css';

/** The socket tells that there is a new one. */
export function Arrival({ id, onClose }: { id: string; onClose: () => void }) {
  const { enrol: words } = useText().devices;
  const [since] = useState(() => Date.now() - 5_000);
  const newest = useQuery({
    queryKey: [...keys.devices, 'newest', id],
    queryFn: async ({ signal }) => {
      if (id !== '') {
        return unwrap(api.GET('/api/v1/devices/{id}', { params: { path: { id } }, signal })).catch(() => null);
      }
      const { total } = await unwrap(api.GET('/api/v1/devices', { params: { query: { page_size: 1 } }, signal }));
      const { items } = await unwrap(api.GET('/api/v1/devices', { params: { query: { page: Math.max(1, total), page_size: 1 } }, signal }));
      return items[0] ?? null;
    },
  });
  const device = newest.data && Date.parse(newest.data.updated_at) > since ? newest.data : undefined;
  return (
    <div className={classes.wait} role="status">
      {device === undefined ? <Loader size={15} /> : <CircleCheck size={17} color="var(--status-healthy)" aria-hidden="true" />}
      {device === undefined ? words.waiting : words.here(nameOf(device))}
      {device && <Link to="/devices/$id" params={{ id: device.id }} onClick={onClose}>{words.look}</Link>}
    </div>
  );
}
