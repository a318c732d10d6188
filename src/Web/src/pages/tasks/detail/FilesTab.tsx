import { Anchor, Paper, Skeleton, Stack } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Files } from 'lucide-react';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { Empty } from '../../../list/Empty';
import { flatten } from '../../../list/pages';
import { ended } from '../../../live/taskStates';
import { PlainTable } from '../../../parts/PlainTable';
import { When } from '../../../time/When';
import { useFormat } from '../../../time/useFormat';
import { artifactsQuery, type TaskView } from '../queries';

/** That a file was stored the socket does not tell: while the task goes on, who looks at them asks. */
const every = 3_000;

export function FilesTab({ task: { task_id: id, status } }: { task: TaskView }) {
  const { files: words, tabs } = useText().task;
  const { bytes } = useFormat();
  const files = useInfiniteQuery({ ...artifactsQuery(id), refetchInterval: ended.has(status) ? false : every });
  if (files.data === undefined) {
    return files.isError ? <FailureAlert error={files.error} onRetry={() => void files.refetch()} /> : <Skeleton height={120} radius="lg" />;
  }
  const rows = flatten(files.data.pages, (file) => file.id);
  if (rows.length === 0) {
    return <Paper py={40}><Empty icon={Files} title={words.none} hint={words.noneHint} /></Paper>;
  }
  return (
    <Stack gap="sm">
      <PlainTable
        label={tabs.files}
        heads={[words.name, words.kind, words.size, words.made]}
        total={files.data.pages[0]?.total}
        onMore={files.hasNextPage && !files.isFetchingNextPage ? () => void files.fetchNextPage() : undefined}
        rows={rows.map((file) => ({
          key: file.id,
          cells: [
            <Anchor key="f" size="sm" href={`/api/v1/tasks/${id}/artifacts/${file.id}`} download={file.name} aria-label={words.download(file.name)}>{file.name}</Anchor>,
            file.content_type,
            bytes(file.size),
            <When key="w" at={file.created_at} />,
          ],
        }))}
      />
    </Stack>
  );
}
