import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api, unwrap } from '../../api';
import { keys } from '../../live/keys';

const gathered = 600;

/** Says how far somebody has read, a moment after, and only while the page is looked at. */
export function useRead(groupId: string, seq: number): void {
  const queries = useQueryClient();
  const told = useRef(0);
  useEffect(() => {
    const tell = () => {
      if (seq <= told.current || document.visibilityState !== 'visible') {
        return;
      }
      const before = told.current;
      told.current = seq;
      unwrap(api.POST('/api/v1/groups/{id}/read', { params: { path: { id: groupId } }, body: { read: seq } })).then(
        () => queries.invalidateQueries({ queryKey: [...keys.groups, 'list'] }),
        // It is told again with the next message, or when somebody looks again.
        () => { told.current = before; },
      );
    };
    const timer = setTimeout(tell, gathered);
    document.addEventListener('visibilitychange', tell);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', tell);
    };
  }, [groupId, seq, queries]);
}
