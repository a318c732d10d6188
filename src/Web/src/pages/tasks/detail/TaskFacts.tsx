import { useText } from '../../../i18n/TextProvider';
import { AgentName, PostName } from '../../../names/Name';
import { Copied } from '../../../parts/Copied';
import { Facts } from '../../../parts/Facts';
import { Took } from '../../../time/Took';
import { When } from '../../../time/When';
import { useFormat } from '../../../time/useFormat';
import type { TaskView } from '../queries';

export function TaskFacts({ task }: { task: TaskView }) {
  const { facts, attempt } = useText().tasks.detail;
  const { number } = useFormat();
  return (
    <Facts
      facts={[
        [facts.agent, <AgentName key="agent" id={task.agent_id} />],
        [facts.post, <PostName key="post" id={task.post_id} />],
        [facts.device, task.device_id ?? '–'],
        [facts.attempt, attempt(number(task.attempt), number(task.max_attempts))],
        [facts.priority, number(task.priority)],
        [facts.took, <Took key="took" from={task.started_at} to={task.finished_at} />],
        [facts.created, <When key="created" at={task.created_at} />],
        [facts.id, <span key="id">{task.task_id} <Copied value={task.task_id} what={facts.id} /></span>],
      ]}
    />
  );
}
