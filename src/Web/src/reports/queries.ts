import { queryOptions } from '@tanstack/react-query';
import { api, unwrap, type components } from '../api';
import { keys } from '../live/keys';
import { zone } from '../time/zone';

export type WorkReport = components['schemas']['WorkReport'];
export type WorkFigures = components['schemas']['WorkFigures'];
export type WorkTimes = components['schemas']['WorkTimes'];

export interface ReportWish {
  group_by: string;
  from: string;
  to?: string;
  agent_id?: string;
  post_id?: string;
  device_id?: string;
  type?: string;
}

/** What was done, in days that begin where the reader lives; it is asked for anew when somebody looks again, and after each task that ends by `useReportsFresh`. */
export const reportQuery = (wish: ReportWish) =>
  queryOptions({
    queryKey: [...keys.reports, zone(), wish],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/reports/work', { params: { query: { ...wish, tz: zone() } }, signal })),
    staleTime: 10_000,
  });
