import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap, type components } from '../../../api';
import { toast } from '../../../feedback/toasts';
import { meQuery, useMe } from '../../../session/session';
import { peopleKey, personQuery, sessionCount } from '../queries';

/** Changes an account, and says so. What the reader is themselves is known anew at once. */
export function useChange(id: string, done: string) {
  const queries = useQueryClient();
  const isMe = useMe()?.id === id;
  return useMutation({
    mutationFn: (body: components['schemas']['ChangeUserRequest']) => unwrap(api.PATCH('/api/v1/users/{id}', { params: { path: { id } }, body })),
    onSuccess: (person) => {
      queries.setQueryData(personQuery(id).queryKey, person);
      void queries.invalidateQueries({ queryKey: [...peopleKey, 'list'] });
      void queries.invalidateQueries({ queryKey: sessionCount(id).queryKey });
      if (isMe) {
        void queries.invalidateQueries({ queryKey: meQuery.queryKey });
      }
      toast(done);
    },
  });
}
