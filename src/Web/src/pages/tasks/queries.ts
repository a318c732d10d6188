import { queryOptions } from '@tanstack/react-query';
import { api, unwrap, type components } from '../../api';
import { pagesQuery, type PageParam } from '../../list/pages';
import { given } from '../../list/search';
import { keys } from '../../live/keys';
import { asQuery, isSearchable, type TaskSearch } from './search';

export type TaskRow = components['schemas']['TaskRow'];
export type TaskView = components['schemas']['TaskView'];

/** The filters that can be asked for: a search that is too short to find anything is left out. */
function filtersOf(search: TaskSearch) {
  const { q, ...filters } = asQuery(search);
  return { ...filters, ...(q !== undefined && isSearchable(q) && { q }) };
}

export function askTasks(search: TaskSearch, page: PageParam & { page_size: number }, signal?: AbortSignal) {
  return unwrap(api.GET('/api/v1/tasks', { params: { query: { ...filtersOf(search), ...page } }, ...(signal && { signal }) }));
}

export const tasksQuery = (search: TaskSearch) =>
  pagesQuery<TaskRow>([...keys.taskLists, filtersOf(search)], (page, signal) => askTasks(search, page, signal));

export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.tasks, 'one', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/tasks/{id}', { params: { path: { id } }, signal })),
  });

/** What stands beside a task; asked for again whenever its state changes. */
const about = (id: string, what: string) => [...keys.tasks, 'about', id, what];

export const attemptsQuery = (id: string) =>
  queryOptions({
    queryKey: about(id, 'attempts'),
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/tasks/{id}/attempts', { params: { path: { id } }, signal })),
  });

export const explainQuery = (id: string) =>
  queryOptions({
    queryKey: about(id, 'explain'),
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/tasks/{id}/explain', { params: { path: { id } }, signal })),
  });

export const artifactsQuery = (id: string) =>
  pagesQuery<components['schemas']['ArtifactView']>(about(id, 'artifacts'), ({ page, page_size }, signal) =>
    unwrap(api.GET('/api/v1/tasks/{id}/artifacts', { params: { path: { id }, query: given({ page, page_size }) }, signal })));

export const groupQuery = (id: string) =>
  queryOptions({
    queryKey: about(id, 'group'),
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/tasks/{id}/group', { params: { path: { id } }, signal })),
    retry: false,
  });

export const taskQuestionsQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.questions, 'of', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/tasks/{id}/questions', { params: { path: { id } }, signal })),
  });

/** The tasks that were made of it. */
export const partsQuery = (id: string) =>
  pagesQuery<TaskRow>([...keys.taskLists, { parent_id: id }], (page, signal) =>
    unwrap(api.GET('/api/v1/tasks', { params: { query: { parent_id: id, ...page } }, signal })),
  );
