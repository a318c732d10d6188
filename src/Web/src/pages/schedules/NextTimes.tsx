import { Skeleton, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ApiError, Code } from '../../api';
import { FailureAlert } from '../../feedback/FailureAlert';
import { languages } from '../../i18n/languages';
import { useTexts } from '../../i18n/TextProvider';
import { PlainTable } from '../../parts/PlainTable';
import { When } from '../../time/When';
import { useZone } from '../../time/zone';
import { previewQuery, type Clock } from './queries';
import { ownClock, wallClock } from './upcoming';

/** The next times by the schedule's clock, and by the reader's where that shows another time. */
export function NextTimes({ clock }: { clock: Clock }) {
  const { language, text: { schedules: { times: words } } } = useTexts();
  const preview = useQuery({ ...previewQuery(clock), placeholderData: keepPreviousData });
  const { tag } = languages[language];
  const ownZone = useZone();
  // What is wrong is said beside the field that it is wrong in.
  if (clock.cron === '' || (preview.error instanceof ApiError && preview.error.code === Code.invalid)) {
    return <Text size="sm" c="dimmed">{words.unasked}</Text>;
  }
  if (preview.isError) {
    return <FailureAlert error={preview.error} onRetry={() => void preview.refetch()} />;
  }
  if (preview.data === undefined) {
    return <Skeleton height={260} radius="md" />;
  }
  const { items, time_zone } = preview.data;
  if (items.length === 0) {
    return <Text size="sm">{words.none}</Text>;
  }
  const times = items.map(({ at, local }) => ({ at, there: wallClock(local, tag), here: ownClock(at, tag) }));
  const differs = times.some(({ there, here }) => there !== here);
  return (
    <PlainTable
      label={words.title}
      heads={[...(differs ? [words.there(time_zone), words.here(ownZone)] : [time_zone]), words.in]}
      rows={times.map(({ at, there, here }) => ({ key: at, cells: [there, ...(differs ? [here] : []), <When key="in" at={at} />] }))}
    />
  );
}
