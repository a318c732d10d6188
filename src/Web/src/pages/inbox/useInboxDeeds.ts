import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../api';
import { toast } from '../../feedback/toasts';
import { useText } from '../../i18n/TextProvider';
import { manyAtOnce } from '../../list/manyAtOnce';
import { keys } from '../../live/keys';
import { giveAnswer, type Given } from '../../questions/useAnswer';
import { useFormat } from '../../time/useFormat';
import type { Item } from './items';

/** Answers one or many, and marks as read. What is refused, because somebody else was faster, is said. */
export function useInboxDeeds() {
  const { inbox: words } = useText();
  const { number } = useFormat();
  const queries = useQueryClient();
  const refresh = () => Promise.all([queries.invalidateQueries({ queryKey: keys.questions }), queries.invalidateQueries({ queryKey: keys.inbox })]);

  const answer = useMutation({
    mutationFn: ({ items, given }: { items: readonly Item[]; given: Given }) => {
      const questions = items.flatMap((item) => (item.kind === 'mention' ? [] : [item.question]));
      return manyAtOnce(questions, (question) => giveAnswer(question, given));
    },
    onSuccess: ({ done, failed, error }) => {
      if (done > 0) {
        toast(words.done(number(done)));
      }
      if (failed > 0) {
        toast(words.someFailed(number(failed)), error);
      }
    },
    onSettled: refresh,
  });

  const read = useMutation({
    mutationFn: (items: readonly Item[]) => {
      const ids = items.flatMap((item) => (item.kind === 'mention' ? [item.mention.id] : []));
      return unwrap(api.POST('/api/v1/inbox/ack', { body: { ids, all: false } })).then(() => ids.length);
    },
    onSuccess: (count) => {
      toast(words.wereRead(number(count)));
    },
    onError: (error) => {
      toast(words.read, error);
    },
    onSettled: refresh,
  });

  return { answer, read };
}
