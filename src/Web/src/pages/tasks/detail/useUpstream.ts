import { useQueries } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { taskQuery, type TaskView } from '../queries';

const most = 40;

/** The task, what it waits for, what that waits for, and so on, as far as it can be shown. */
export function useUpstream(task: TaskView): { tasks: TaskView[]; more: boolean } {
  const [ids, setIds] = useState<readonly string[]>(task.depends_on.slice(0, most));
  const answers = useQueries({ queries: ids.map((id) => ({ ...taskQuery(id), retry: false, staleTime: 30_000 })) });
  const found = answers.map(({ data }) => data).filter((data) => data !== undefined);
  const wanted = [...new Set([...task.depends_on, ...found.flatMap(({ depends_on }) => depends_on)])].slice(0, most);
  const all = found.flatMap(({ depends_on }) => depends_on);
  if (wanted.some((id) => !ids.includes(id))) {
    setIds(wanted);
  }
  return useMemo(() => ({ tasks: [...found, task], more: new Set([...task.depends_on, ...all]).size > most }), [found, task, all]);
}
