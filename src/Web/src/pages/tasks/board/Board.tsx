import { Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { given } from '../../../list/search';
import { framesOf } from '../../../live/frames';
import { keys } from '../../../live/keys';
import { useFrames } from '../../../live/LiveProvider';
import { throttled } from '../../../live/throttle';
import { useFormat } from '../../../time/useFormat';
import { mayChangeList } from '../list/news';
import { askTasks } from '../queries';
import type { TaskSearch } from '../search';
import classes from '../../../parts/Board.module.css';
import { boardColumns, type BoardColumn } from './columns';
import { TaskCard } from './TaskCard';

const shown = 30;
const every = 1_000;

/** The same tasks by their state, the newest of each; a task moves by itself. */
export function Board({ search }: { search: TaskSearch }) {
  const { tasks: words } = useText();
  return (
    <div className={classes.board} role="region" aria-label={words.views.board}>
      {boardColumns.map((column) => (
        <Column key={column.key} column={column} search={search} />
      ))}
    </div>
  );
}

function Column({ column, search }: { column: BoardColumn; search: TaskSearch }) {
  const { tasks: words } = useText();
  const { number } = useFormat();
  const queries = useQueryClient();
  const wanted: TaskSearch = { ...search, status: [...column.states] };
  const queryKey = useMemo(() => [...keys.tasks, 'board', column.key, search], [column.key, search]);
  const tasks = useQuery({ queryKey, queryFn: ({ signal }) => askTasks(wanted, { page_size: shown }, signal) });
  const known = useMemo(() => new Set(tasks.data?.items.map(({ task_id }) => task_id)), [tasks.data]);

  const refresh = useRef<() => void>(undefined);
  useEffect(() => {
    const throttle = throttled(() => void queries.invalidateQueries({ queryKey }), every);
    refresh.current = throttle.call;
    return throttle.cancel;
  }, [queries, queryKey]);
  useFrames(({ frames }) => {
    const states = framesOf(frames, 'task/state');
    if (mayChangeList(states, known, column.states) || states.some(({ task_id }) => known.has(task_id))) {
      refresh.current?.();
    }
  });

  const total = tasks.data?.total ?? 0;
  return (
    <section className={classes.column} aria-labelledby={`board-${column.key}`}>
      <h2 id={`board-${column.key}`} className={classes.heading}>
        {words.board[column.key]}
        {tasks.data && <span>{number(total)}{tasks.data.total_capped ? '+' : ''}</span>}
      </h2>
      <div className={classes.cards}>
        {tasks.isError && <FailureAlert error={tasks.error} onRetry={() => void tasks.refetch()} />}
        {tasks.isPending && [1, 2, 3].map((one) => <Skeleton key={one} height={74} radius="md" />)}
        {tasks.data?.items.map((task) => <TaskCard key={task.task_id} task={task} />)}
        {tasks.data?.items.length === 0 && <p className={classes.none}>{words.board.none}</p>}
        {tasks.data !== undefined && total > tasks.data.items.length && (
          <Link to="/tasks" search={given({ ...wanted, view: undefined })} className={classes.all}>
            {words.board.all(number(total))}
          </Link>
        )}
      </div>
    </section>
  );
}
