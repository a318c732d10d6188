import { queryOptions } from '@tanstack/react-query';
import { api, unwrap, type components } from '../../api';
import { pagesQuery } from '../../list/pages';
import { given } from '../../list/search';
import { keys } from '../../live/keys';
import type { ScheduleSearch } from './routes';
import { msUntil } from './upcoming';

export type ScheduleView = components['schemas']['ScheduleView'];
export type Firing = components['schemas']['FiringView'];
export type Clock = components['schemas']['PreviewScheduleRequest'];

export const schedulesQuery = ({ q, state }: ScheduleSearch) =>
  pagesQuery<ScheduleView>([...keys.schedules, 'list', q ?? '', state ?? ''], ({ page, page_size }, signal) =>
    unwrap(api.GET('/api/v1/schedules', { params: { query: given({ q, enabled: state === undefined ? undefined : state === 'on', page, page_size }) }, signal })));

export const scheduleQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.schedules, 'one', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/schedules/{id}', { params: { path: { id } }, signal })),
    // That a time has come the socket does not tell, but it is known when it will.
    refetchInterval: ({ state }) => msUntil([state.data?.next_at]),
  });

/** What came of its times. A few at once: of each the task's state is asked for. */
export const firingsQuery = (id: string) =>
  pagesQuery<Firing>([...keys.schedules, 'about', id, 'firings'], ({ page }, signal) =>
    unwrap(api.GET('/api/v1/schedules/{id}/firings', { params: { path: { id }, query: given({ page, page_size: 25 }) }, signal })));

/** When it would fire. What is wrong with the clock comes as an error, field by field. */
export const previewQuery = (clock: Clock) =>
  queryOptions({
    queryKey: [...keys.schedules, 'preview', clock],
    queryFn: ({ signal }) => unwrap(api.POST('/api/v1/schedules/preview', { body: clock, signal })),
    enabled: clock.cron !== '',
    retry: false,
    refetchInterval: ({ state }) => msUntil([state.data?.items[0]?.at]),
  });
