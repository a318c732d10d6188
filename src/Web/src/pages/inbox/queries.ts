import { api, unwrap } from '../../api';
import { pagesQuery } from '../../list/pages';
import { keys } from '../../live/keys';
import type { Question } from '../../questions/useAnswer';
import type { Mention } from './items';

export const questionsQuery = pagesQuery<Question>([...keys.questions, 'open'], ({ page = 1, page_size }, signal) =>
  unwrap(api.GET('/api/v1/questions', { params: { query: { open: true, page, page_size } }, signal })),
);

export const mentionsQuery = pagesQuery<Mention>([...keys.inbox, 'unread'], ({ page = 1, page_size }, signal) =>
  unwrap(api.GET('/api/v1/inbox', { params: { query: { unread: true, page, page_size } }, signal })),
);
