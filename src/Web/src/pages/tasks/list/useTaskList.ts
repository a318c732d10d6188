import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { flatten, pageSize } from '../../../list/pages';
import { useLiveHead } from '../../../list/useLiveHead';
import { useFrames } from '../../../live/LiveProvider';
import { framesOf } from '../../../live/frames';
import { askTasks, tasksQuery, type TaskRow } from '../queries';
import type { TaskSearch } from '../search';
import { mayChangeList } from './news';

export const idOf = ({ task_id }: TaskRow) => task_id;

/** The tasks that fit, as they are now. */
export function useTaskList(search: TaskSearch) {
  const box = useRef<HTMLDivElement>(null);
  const query = tasksQuery(search);
  const tasks = useInfiniteQuery(query);
  const rows = useMemo(() => (tasks.data === undefined ? undefined : flatten(tasks.data.pages, idOf)), [tasks.data]);
  const known = useMemo(() => new Set(rows?.map(idOf)), [rows]);
  const { mayBeNew, onNews } = useLiveHead({ queryKey: query.queryKey, ask: () => askTasks(search, { page_size: pageSize }), idOf, rows, box });

  useFrames(({ frames }) => {
    if (mayChangeList(framesOf(frames, 'task/state'), known, search.status)) {
      mayBeNew();
    }
  });

  return { tasks, rows, total: tasks.data?.pages[0], onNews, box };
}
