import { queryOptions } from '@tanstack/react-query';
import { api, unwrap, type components } from '../../api';
import { pagesQuery, type PageParam } from '../../list/pages';
import { keys } from '../../live/keys';
import { asQuery, type AgentSearch } from './search';

export type AgentView = components['schemas']['AgentView'];
export type TaskRow = components['schemas']['TaskRow'];

export function askAgents(search: AgentSearch, page: PageParam & { page_size: number }, signal?: AbortSignal) {
  const { page: number, page_size } = page;
  return unwrap(api.GET('/api/v1/agents', { params: { query: { ...asQuery(search), ...(number !== undefined && { page: number }), page_size } }, ...(signal && { signal }) }));
}

export const agentsQuery = (search: AgentSearch) =>
  pagesQuery<AgentView>([...keys.agentLists, asQuery(search)], (page, signal) => askAgents(search, page, signal));

/** What it does now and next: both follow the socket as every list of tasks does. */
export const agentTasksQuery = (id: string, status: string[]) =>
  pagesQuery<TaskRow>([...keys.taskLists, 'of', id, status], ({ page, cursor, page_size }, signal) =>
    unwrap(api.GET('/api/v1/agents/{id}/tasks', {
      params: { path: { id }, query: { status, page_size, ...(page !== undefined && { page }), ...(cursor !== undefined && { cursor }) } },
      signal,
    })));

export const configQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.agents, 'config', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/agents/{id}/config', { params: { path: { id } }, signal })),
    retry: false,
  });

export const budgetQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.agents, 'budget', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/agents/{id}/budget', { params: { path: { id } }, signal })),
    retry: false,
  });

export const sessionsQuery = (id: string) =>
  pagesQuery<components['schemas']['SessionRow']>([...keys.agents, 'sessions', id], ({ cursor, page_size }, signal) =>
    unwrap(api.GET('/api/v1/agents/{id}/sessions', { params: { path: { id }, query: { page_size, ...(cursor !== undefined && { cursor }) } }, signal })));

export const sessionMessagesQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.agents, 'session', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/sessions/{id}/messages', { params: { path: { id }, query: { limit: 500 } }, signal })),
  });
