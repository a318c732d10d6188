import { Paper, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Terminal } from 'lucide-react';
import { useMemo } from 'react';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { Empty } from '../../../list/Empty';
import { ended } from '../../../live/taskStates';
import { QuestionCard } from '../../../questions/QuestionCard';
import { taskQuestionsQuery, type TaskView } from '../queries';
import { SayToIt } from './SayToIt';
import { Transcript } from './Transcript';
import { transcript } from './transcript';
import type { useTaskEvents } from './useTaskEvents';

interface OutputTabProps {
  task: Pick<TaskView, 'task_id' | 'status'>;
  events: ReturnType<typeof useTaskEvents>;
  /** False where there is another place to talk to it. */
  talks?: boolean;
}

export function OutputTab({ task, events, talks = true }: OutputTabProps) {
  const { output: words } = useText().task;
  const questions = useQuery(taskQuestionsQuery(task.task_id));
  const blocks = useMemo(() => transcript(events.data ?? []), [events.data]);
  const isOver = ended.has(task.status);
  const open = isOver ? [] : (questions.data?.items.filter((question) => question.open) ?? []);
  const isSilent = blocks.every(({ kind }) => kind === 'state');

  return (
    <Stack gap="sm">
      {events.isError && <FailureAlert error={events.error} onRetry={() => void events.refetch()} />}
      {events.isPending && <Skeleton height={260} radius="lg" />}
      {events.data !== undefined && isSilent && !isOver && (
        <Paper py={40}>
          <Empty icon={Terminal} title={words.nothing} hint={words.nothingHint} />
        </Paper>
      )}
      {events.data !== undefined && !(isSilent && !isOver) && <Transcript blocks={blocks} working={task.status === 'running'} />}
      {open.map((question) => (
        <QuestionCard key={question.question_id} question={question} />
      ))}
      {talks && (task.status === 'running' || task.status === 'waiting') && <SayToIt id={task.task_id} />}
    </Stack>
  );
}
