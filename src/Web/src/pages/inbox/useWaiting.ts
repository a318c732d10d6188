import { queryOptions, useQueries } from '@tanstack/react-query';
import { api, unwrap } from '../../api';
import { keys } from '../../live/keys';

const questions = queryOptions({
  queryKey: [...keys.questions, 'count'],
  queryFn: async ({ signal }) => (await unwrap(api.GET('/api/v1/questions', { params: { query: { open: true, page_size: 1 } }, signal }))).total,
});

const mentions = queryOptions({
  queryKey: [...keys.inbox, 'count'],
  queryFn: async ({ signal }) => (await unwrap(api.GET('/api/v1/inbox', { params: { query: { unread: true, page_size: 1 } }, signal }))).total,
});

/** How many questions and mentions wait for this person. The socket tells when it is to be asked for again. */
export function useWaiting(): number {
  const answers = useQueries({ queries: [questions, mentions] });
  return answers.reduce((sum, { data }) => sum + (data ?? 0), 0);
}
