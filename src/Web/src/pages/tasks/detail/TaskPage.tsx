import { Alert, Progress, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { CircleAlert } from 'lucide-react';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { ended } from '../../../live/taskStates';
import { DetailPage } from '../../../parts/DetailPage';
import { StateBadge } from '../../../parts/StateBadge';
import { pageOf } from '../../../shell/pages';
import { nameOf } from '../list/columns';
import { taskQuery, type TaskView } from '../queries';
import { AttemptsTab } from './AttemptsTab';
import { FilesTab } from './FilesTab';
import { InputTab } from './InputTab';
import { OutputTab } from './OutputTab';
import { TaskActions } from './TaskActions';
import { TaskFacts } from './TaskFacts';
import { percentOf } from './transcript';
import { TreeTab } from './TreeTab';
import { useTaskEvents } from './useTaskEvents';
import { WhyTab } from './WhyTab';

const route = getRouteApi('/signed-in/tasks/$id');

export function TaskPage() {
  const { id } = route.useParams();
  const task = useQuery(taskQuery(id));
  if (task.data !== undefined) {
    return <Known key={id} task={task.data} />;
  }
  return task.isError ? (
    <FailureAlert error={task.error} onRetry={() => void task.refetch()} />
  ) : (
    <Stack gap="md">
      <Skeleton height={30} width="60%" />
      <Skeleton height={96} radius="lg" />
      <Skeleton height={320} radius="lg" />
    </Stack>
  );
}

function Known({ task }: { task: TaskView }) {
  const { tasks: names, task: words } = useText();
  const { tab = 'output' } = route.useSearch();
  const navigate = route.useNavigate();
  const events = useTaskEvents(task.task_id);
  const percent = percentOf(events.data ?? []);

  return (
    <DetailPage
      list={pageOf('/tasks')}
      title={nameOf(task, names)}
      badge={<StateBadge state={task.status} />}
      actions={<TaskActions task={task} />}
      notice={
        <>
          {task.error !== null && task.status === 'failed' && (
            <Alert color="danger" variant="light" icon={<CircleAlert size={18} />} role="status">
              {task.error.message}
            </Alert>
          )}
          <TaskFacts task={task} events={events.data ?? []} />
          {percent !== undefined && !ended.has(task.status) && <Progress value={percent} aria-label={words.output.working} />}
        </>
      }
      tabs={[
        { value: 'output', label: words.tabs.output, panel: <OutputTab task={task} events={events} /> },
        { value: 'attempts', label: words.tabs.attempts, count: task.attempt, panel: <AttemptsTab task={task} /> },
        { value: 'tree', label: words.tabs.tree, count: task.depends_on.length, panel: <TreeTab task={task} /> },
        { value: 'input', label: words.tabs.input, panel: <InputTab task={task} /> },
        { value: 'files', label: words.tabs.files, panel: <FilesTab task={task} /> },
        { value: 'why', label: words.tabs.why, panel: <WhyTab id={task.task_id} agent={task.agent_id} /> },
      ]}
      tab={tab}
      onTab={(next) => void navigate({ search: next === 'output' ? {} : { tab: next }, replace: true })}
    />
  );
}
