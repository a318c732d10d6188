import { Anchor, Paper, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Files } from 'lucide-react';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { Empty } from '../../../list/Empty';
import { When } from '../../../time/When';
import { useFormat } from '../../../time/useFormat';
import { artifactsQuery } from '../queries';
import classes from './InputTab.module.css';

export function FilesTab({ id }: { id: string }) {
  const { files: words } = useText().task;
  const { bytes } = useFormat();
  const files = useQuery(artifactsQuery(id));
  if (files.isError) {
    return <FailureAlert error={files.error} onRetry={() => void files.refetch()} />;
  }
  if (files.data === undefined) {
    return <Skeleton height={120} radius="lg" />;
  }
  if (files.data.items.length === 0) {
    return <Paper py={40}><Empty icon={Files} title={words.none} hint={words.noneHint} /></Paper>;
  }
  return (
    <Paper style={{ overflow: 'auto' }}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.kind}</th>
            <th scope="col">{words.size}</th>
            <th scope="col">{words.made}</th>
          </tr>
        </thead>
        <tbody>
          {files.data.items.map((file) => (
            <tr key={file.id}>
              <td>
                <Anchor href={`/api/v1/tasks/${id}/artifacts/${file.id}`} download={file.name} aria-label={words.download(file.name)}>
                  {file.name}
                </Anchor>
              </td>
              <td>{file.content_type}</td>
              <td>{bytes(file.size)}</td>
              <td><When at={file.created_at} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </Paper>
  );
}
