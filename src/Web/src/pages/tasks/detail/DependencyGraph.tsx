import { Link } from '@tanstack/react-router';
import { useText } from '../../../i18n/TextProvider';
import { StateBadge } from '../../../parts/StateBadge';
import { nameOf } from '../list/columns';
import type { TaskView } from '../queries';
import classes from './DependencyGraph.module.css';
import { layers } from './layers';

const width = 200;
const height = 48;
const across = 64;
const down = 14;

/** From left to right: what has to be done before what. */
export function DependencyGraph({ tasks, here }: { tasks: readonly TaskView[]; here: string }) {
  const text = useText();
  const placed = new Map(
    layers(tasks.map(({ task_id, depends_on }) => ({ id: task_id, before: depends_on }))).map(({ id, layer, place }) => [
      id,
      // Every other layer lies a little lower, so that a line which passes one is seen.
      { x: layer * (width + across), y: (place + (layer % 2) * 0.75) * (height + down) },
    ]),
  );
  const all = [...placed.values()];
  const size = { width: Math.max(...all.map(({ x }) => x)) + width, height: Math.max(...all.map(({ y }) => y)) + height };

  return (
    <div className={classes.frame} role="group" aria-label={text.task.tree.graphLabel}>
      <div className={classes.canvas} style={size}>
        <svg {...size} aria-hidden="true">
          {tasks.flatMap(({ task_id, depends_on }) =>
            depends_on.map((before) => {
              const [from, to] = [placed.get(before), placed.get(task_id)];
              return from && to && <path key={`${before} ${task_id}`} d={line(from, to)} />;
            }),
          )}
        </svg>
        {tasks.map((task) => {
          const at = placed.get(task.task_id);
          return (
            at && (
              <Link
                key={task.task_id}
                to="/tasks/$id"
                params={{ id: task.task_id }}
                className={classes.node}
                aria-current={task.task_id === here ? 'true' : undefined}
                style={{ left: at.x, top: at.y, width, height }}
              >
                <StateBadge state={task.status} bare />
                <span>{nameOf(task, text.tasks)}</span>
              </Link>
            )
          );
        })}
      </div>
    </div>
  );
}

function line(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const [x1, y1, x2, y2] = [from.x + width, from.y + height / 2, to.x, to.y + height / 2];
  const half = (x2 - x1) / 2;
  return `M${String(x1)} ${String(y1)}C${String(x1 + half)} ${String(y1)} ${String(x2 - half)} ${String(y2)} ${String(x2)} ${String(y2)}`;
}
