import { Alert, Skeleton, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { KeyRound, TriangleAlert } from 'lucide-react';
import type { components } from '../../../api';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { Facts } from '../../../parts/Facts';
import { PlainTable } from '../../../parts/PlainTable';
import { leaves, written } from '../../../parts/tree';
import { When } from '../../../time/When';
import { OverridesForm } from './OverridesForm';
import classes from './ConfigTab.module.css';

type Config = components['schemas']['AgentConfigView'];

/** What holds for it in the end, and who says so. */
export function ConfigTab({ id, config }: { id: string; config: UseQueryResult<Config> }) {
  const { config: words } = useText().agents;
  const sources: Record<string, string | undefined> = words.sources;
  if (config.isError) {
    return <FailureAlert error={config.error} onRetry={() => void config.refetch()} />;
  }
  if (config.data === undefined) {
    return <Skeleton height={220} radius="lg" />;
  }
  const { data } = config;
  return (
    <Stack gap="md">
      {data.drift && <Alert color="yellow" variant="light" icon={<TriangleAlert size={18} />} title={words.drift}>{words.driftHint}</Alert>}
      {data.missing_secrets.length > 0 && <Alert color="yellow" variant="light" icon={<KeyRound size={18} />} title={words.missing}>{data.missing_secrets.join(', ')}</Alert>}
      <Facts
        facts={[
          [words.version, data.version === null ? '–' : String(data.version)],
          [words.revision, data.revision.slice(0, 12)],
          [words.held, data.held === null ? words.heldNone : <span key="held">{data.held.version === null ? data.held.revision.slice(0, 12) : String(data.held.version)} · <When at={data.held.since} /></span>],
        ]}
      />
      <PlainTable
        label={words.effective}
        heads={[words.path, words.value, words.from]}
        rows={leaves(data.effective).map(([path, value]) => ({
          key: path,
          cells: [
            <code key="p" className={classes.path}>{path}</code>,
            <span key="v" className={classes.value}>{written(value)}</span>,
            <Text key="s" component="span" size="sm" className={classes.source} data-source={data.sources[path]}>{sources[data.sources[path] ?? ''] ?? data.sources[path]}</Text>,
          ],
        }))}
      />
      <OverridesForm key={data.revision} id={id} overrides={data.overrides} />
    </Stack>
  );
}
