import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap, type components } from '../../api';
import { pagesQuery } from '../../list/pages';
import { keys } from '../../live/keys';
import type { DeviceSearch } from './search';

export type Device = components['schemas']['DeviceView'];

export const devicesQuery = ({ status, label, q }: DeviceSearch) => {
  const query = { ...(status && { status }), ...(label !== undefined && { label: [label] }), ...(q !== undefined && { q }) };
  return pagesQuery<Device>([...keys.devices, 'list', query], ({ page = 1, page_size }, signal) =>
    unwrap(api.GET('/api/v1/devices', { params: { query: { ...query, page, page_size } }, signal })),
  );
};

export const deviceQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.devices, 'one', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/devices/{id}', { params: { path: { id } }, signal })),
  });

export const deviceAgentsQuery = (id: string) =>
  pagesQuery<components['schemas']['AgentView']>([...keys.agentLists, { device_id: id }], ({ page = 1, page_size }, signal) =>
    unwrap(api.GET('/api/v1/agents', { params: { query: { device_id: id, page, page_size } }, signal })),
  );

/** A device measures every 30 s; of figures that do not change its load the socket does not tell. */
const measured = 30_000;

/** The newest value of each figure. */
export const figuresQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.figures, id, 'names'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/devices/{id}/metrics/names', { params: { path: { id }, query: { page_size: 200 } }, signal })),
    staleTime: measured,
    refetchInterval: measured,
    retry: false,
  });

export const seriesQuery = (id: string, name: string, label: string | undefined, seconds: number) =>
  queryOptions({
    queryKey: [...keys.figures, id, 'series', name, label, seconds],
    queryFn: ({ signal }) => {
      const to = Date.now();
      const query = { name, from: new Date(to - seconds * 1000).toISOString(), to: new Date(to).toISOString(), ...(label !== undefined && { label }) };
      return unwrap(api.GET('/api/v1/devices/{id}/metrics', { params: { path: { id }, query }, signal }));
    },
    staleTime: measured,
    refetchInterval: measured,
    placeholderData: keepPreviousData,
    retry: false,
  });
