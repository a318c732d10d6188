import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { flatten } from '../../list/pages';
import { itemsOf, type Kind } from './items';
import { mentionsQuery, questionsQuery } from './queries';

export function useInbox(kind: Kind | undefined) {
  const questions = useInfiniteQuery(questionsQuery);
  const mentions = useInfiniteQuery(mentionsQuery);
  const items = useMemo(
    () =>
      questions.data && mentions.data
        ? itemsOf(flatten(questions.data.pages, ({ task_id, question_id }) => `${task_id}:${question_id}`), flatten(mentions.data.pages, ({ id }) => id), kind)
        : undefined,
    [questions.data, mentions.data, kind],
  );
  return {
    items,
    error: questions.error ?? mentions.error,
    retry: () => {
      void questions.refetch();
      void mentions.refetch();
    },
    onEnd: () => {
      for (const query of [questions, mentions]) {
        if (query.hasNextPage && !query.isFetchingNextPage) {
          void query.fetchNextPage();
        }
      }
    },
  };
}
