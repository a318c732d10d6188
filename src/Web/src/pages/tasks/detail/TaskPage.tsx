import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { PageTitle } from '../../../shell/PageTitle';
import { StateBadge } from '../../../parts/StateBadge';
import { nameOf } from '../list/columns';
import { taskQuery } from '../queries';
import { TaskFacts } from './TaskFacts';

const route = getRouteApi('/signed-in/tasks/$id');

export function TaskPage() {
  const { tasks: words } = useText();
  const { id } = route.useParams();
  const task = useQuery(taskQuery(id));
  if (task.isError) {
    return <FailureAlert error={task.error} onRetry={() => void task.refetch()} />;
  }
  if (task.data === undefined) {
    return <Skeleton height={180} />;
  }
  return (
    <>
      <PageTitle>{nameOf(task.data, words)}</PageTitle>
      <StateBadge state={task.data.status} />
      <TaskFacts task={task.data} />
    </>
  );
}
