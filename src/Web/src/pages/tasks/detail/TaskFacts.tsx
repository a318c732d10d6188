import { Link } from '@tanstack/react-router';
import { useText } from '../../../i18n/TextProvider';
import { AgentName, DeviceName, PostName } from '../../../names/Name';
import { short } from '../../../names/short';
import { Facts } from '../../../parts/Facts';
import { ShortId } from '../../../parts/ShortId';
import { Took } from '../../../time/Took';
import { useFormat } from '../../../time/useFormat';
import { When } from '../../../time/When';
import type { TaskView } from '../queries';
import type { TaskEvent } from './events';
import { usageOf } from './transcript';

export function TaskFacts({ task, events }: { task: TaskView; events: readonly TaskEvent[] }) {
  const { task: words } = useText();
  const { facts } = words;
  const { number, compact, dollars } = useFormat();
  const usage = usageOf(events);
  return (
    <Facts
      facts={[
        [facts.agent, <AgentName key="agent" id={task.agent_id} />],
        [facts.post, task.post_id === null ? undefined : <PostName key="post" id={task.post_id} />],
        [facts.device, task.device_id === null ? undefined : <DeviceName key="device" id={task.device_id} />],
        [facts.attempt, task.attempt === 0 ? '–' : words.attempt(number(task.attempt), number(task.max_attempts))],
        [facts.took, <Took key="took" from={task.started_at} to={task.finished_at} />],
        [facts.created, <When key="created" at={task.created_at} />],
        [facts.priority, task.priority === 0 ? undefined : number(task.priority)],
        [facts.usage, usage && `${words.tokens(compact(usage.input), compact(usage.output))}${usage.cost > 0 ? ` · ${dollars(usage.cost)}` : ''}`],
        [facts.parent, task.parent_id === null ? undefined : <Link key="parent" to="/tasks/$id" params={{ id: task.parent_id }}>{short(task.parent_id)}</Link>],
        [facts.id, <ShortId key="id" id={task.task_id} what={facts.id} />],
      ]}
    />
  );
}
