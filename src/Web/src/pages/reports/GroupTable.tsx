import { Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '../../i18n/TextProvider';
import { AgentName, DeviceName, PostName } from '../../names/Name';
import { PlainTable } from '../../parts/PlainTable';
import type { WorkReport } from '../../reports/queries';
import { useFormat } from '../../time/useFormat';
import { useLengths } from './useLengths';

/** The same figures group by group, those with the most work first; days in their order. */
export function GroupTable({ report }: { report: WorkReport }) {
  const { reports: words } = useText();
  const { number, compact, dollars } = useFormat();
  const { length, share } = useLengths();
  const heads: Record<string, string | undefined> = words.groups;
  return (
    <Stack gap="sm">
      <PlainTable
        label={words.by}
        heads={[heads[report.group_by] ?? report.group_by, words.ended, words.done, words.failures, words.success, words.heads.waitHalf, words.heads.waitMost, words.heads.runHalf, words.retries, words.tokens, words.cost]}
        numbers={1}
        rows={report.items.map(({ key, ended, done, failed, success_rate, wait, run, retries, usage }) => ({
          key: key ?? '',
          cells: [
            <Named key="name" group={report.group_by} id={key} />,
            number(ended),
            number(done),
            number(failed),
            share(success_rate),
            length(wait.p50),
            length(wait.p95),
            length(run.p50),
            number(retries),
            compact(usage.input_tokens + usage.output_tokens),
            dollars(usage.cost_usd),
          ],
        }))}
      />
      {report.total > report.items.length && <Text size="xs" c="dimmed">{words.capped(number(report.items.length), number(report.total))}</Text>}
    </Stack>
  );
}

function Named({ group, id }: { group: string; id: string | null }) {
  const { reports: words } = useText();
  const { dayMonth } = useFormat();
  if (id === null) {
    return <Text span size="sm" c="dimmed">{words.nobody}</Text>;
  }
  switch (group) {
    case 'post':
      return <Link to="/posts/$id" params={{ id }}><PostName id={id} /></Link>;
    case 'agent':
      return <Link to="/agents/$id" params={{ id }}><AgentName id={id} /></Link>;
    case 'device':
      return <Link to="/devices/$id" params={{ id }}><DeviceName id={id} /></Link>;
    case 'day':
      return <Link to="/reports" search={(before) => ({ ...before, range: 'dates' as const, from: id, to: id })}>{dayMonth(id)}</Link>;
    default:
      return <span>{id}</span>;
  }
}
