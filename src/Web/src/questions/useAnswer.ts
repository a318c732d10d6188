import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap, type components } from '../api';
import { toast } from '../feedback/toasts';
import { useText } from '../i18n/TextProvider';
import { keys } from '../live/keys';

export type Question = components['schemas']['QuestionView'];

export interface Given {
  allow?: boolean;
  option?: string;
  text?: string;
}

export function giveAnswer(question: Pick<Question, 'task_id' | 'question_id'>, answer: Given) {
  return unwrap(
    api.POST('/api/v1/tasks/{id}/answer', {
      params: { path: { id: question.task_id } },
      body: { question_id: question.question_id, allow: answer.allow ?? null, option: answer.option ?? null, text: answer.text ?? null },
    }),
  );
}

/** The first answer counts: who comes later is told by the API who was first. */
export function useAnswer(question: Question) {
  const { task } = useText();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (answer: Given) => giveAnswer(question, answer),
    onSuccess: () => {
      toast(task.question.answered);
    },
    onError: (error) => {
      toast(question.title, error);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: keys.questions }),
  });
}
