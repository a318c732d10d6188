import { useMemo } from 'react';
import { useText } from '../../i18n/TextProvider';
import type { Column } from '../../list/VirtualTable';
import { RowLink } from '../../parts/RowLink';
import { StateBadge } from '../../parts/StateBadge';
import { When } from '../../time/When';
import type { ScheduleView } from './queries';
import { stateOf } from './state';
import { useCronWords } from './useCronWords';
import { Whom } from './Whom';

export function useScheduleColumns(): readonly Column<ScheduleView>[] {
  const { schedules: words } = useText();
  const say = useCronWords();
  return useMemo(
    () => [
      { key: 'state', head: words.columns.state, width: '92px', phone: true, cell: (schedule) => <StateBadge state={stateOf(schedule)} /> },
      { key: 'name', head: words.columns.name, width: 'minmax(90px, 1fr)', phone: true, cell: ({ id, name }) => <RowLink href={`/schedules/${id}`} title={name}>{name}</RowLink> },
      { key: 'when', head: words.columns.when, width: 'minmax(160px, 1.4fr)', cell: ({ cron, time_zone }) => <span title={`${cron} · ${time_zone}`}>{say(cron) ?? cron}</span> },
      { key: 'who', head: words.columns.who, width: '150px', cell: ({ task }) => <Whom task={task} /> },
      { key: 'last', head: words.columns.last, width: '110px', align: 'right', cell: ({ last_at }) => <When at={last_at} /> },
      { key: 'next', head: words.columns.next, width: '90px', align: 'right', phone: true, cell: ({ next_at }) => <When at={next_at} /> },
    ],
    [words, say],
  );
}
