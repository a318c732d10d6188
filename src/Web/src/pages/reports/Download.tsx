import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Download as Icon } from 'lucide-react';
import { api, unwrap } from '../../api';
import { useCommands } from '../../commands/commands';
import { toast } from '../../feedback/toasts';
import { useText } from '../../i18n/TextProvider';
import type { ReportWish } from '../../reports/queries';
import { zone } from '../../time/zone';

/** What the table shows, as a file. It is asked for as everything else is, so that a session that has to be renewed is. */
export function Download({ wish }: { wish: ReportWish }) {
  const { reports: words } = useText();
  const download = useMutation({
    mutationFn: async () => {
      const { data, error, response } = await api.GET('/api/v1/reports/work', { params: { query: { ...wish, tz: zone(), format: 'csv' } }, parseAs: 'blob' });
      if (!response.ok || data === undefined) {
        await unwrap(Promise.resolve({ error, response }));
        return;
      }
      save(data, /filename="?([^";]+)"?/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? `work-by-${wish.group_by}.csv`);
    },
    onError: (error) => { toast(words.failed, error); },
  });
  useCommands([{ id: 'reports:csv', label: words.download, group: 'page', keys: ['x'], icon: Icon, run: () => { download.mutate(); } }]);
  return <Button size="xs" variant="default" leftSection={<Icon size={14} />} loading={download.isPending} onClick={() => { download.mutate(); }}>{words.download}</Button>;
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => { URL.revokeObjectURL(link.href); }, 60_000);
}
