import { Paper, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { CircleX, ServerOff, Sunrise, TriangleAlert } from 'lucide-react';
import { FailureAlert } from '../../feedback/FailureAlert';
import { useText } from '../../i18n/TextProvider';
import { Empty } from '../../list/Empty';
import { dayName } from '../../reports/days';
import { useFormat } from '../../time/useFormat';
import { useNow } from '../../time/useNow';
import { titleOf } from '../inbox/items';
import { KindMark } from '../inbox/KindMark';
import { useInbox } from '../inbox/useInbox';
import { useWaiting } from '../inbox/useWaiting';
import type { ServiceState } from './health';
import { firstHour } from './hours';
import { troubles, type Trouble } from './needs';
import classes from './NeedsYou.module.css';
import { dayQuery, deviceCount } from './queries';

const most = 5;
const icons = { services: TriangleAlert, devices: ServerOff, failed: CircleX };

/** What does not go on without a person. */
export function NeedsYou({ services }: { services: readonly ServiceState[] }) {
  const { needs: words } = useText().overview;
  const { number } = useFormat();
  const now = useNow(60_000);
  const { items, error, retry } = useInbox(undefined);
  const waiting = useWaiting();
  const offline = useQuery(deviceCount('offline'));
  const day = useQuery(dayQuery(now));
  const wrong = troubles(services, offline.data?.total ?? 0, day.data?.sum.failed ?? 0);
  const shown = items?.slice(0, most) ?? [];

  return (
    <Paper p="md" className={classes.panel} component="section" aria-label={words.title}>
      <div className={classes.head}>
        <Text component="h2" size="sm" fw={600}>{words.title}</Text>
        {waiting > shown.length && <Link to="/inbox" className={classes.all}>{words.all(number(waiting))}</Link>}
      </div>
      {error !== null && <FailureAlert error={error} onRetry={retry} />}
      {items === undefined && error === null && <Skeleton height={96} />}
      <ul className={classes.list}>
        {wrong.map((trouble) => <TroubleLine key={trouble.kind} trouble={trouble} since={dayName(new Date(firstHour(now)))} />)}
        {shown.map((item) => (
          <li key={item.id}>
            <Link to="/inbox" search={{ kind: item.kind }} className={classes.line}>
              <KindMark kind={item.kind} />
              <span className={classes.what}>{titleOf(item)}</span>
            </Link>
          </li>
        ))}
      </ul>
      {items?.length === 0 && wrong.length === 0 && <div className={classes.empty}><Empty icon={Sunrise} title={words.nothing} hint={words.nothingHint} /></div>}
    </Paper>
  );
}

function TroubleLine({ trouble, since }: { trouble: Trouble; since: string }) {
  const { needs: words } = useText().overview;
  const { number } = useFormat();
  const Icon = icons[trouble.kind];
  const [said, to]: [string, LinkProps] =
    trouble.kind === 'services'
      ? [words.services(trouble.names.join(', ')), { to: '/', hash: 'services' }]
      : trouble.kind === 'devices'
        ? [words.devices(number(trouble.count)), { to: '/devices', search: { status: 'offline' } }]
        : [words.failed(number(trouble.count)), { to: '/tasks', search: { status: ['failed'], from: since } }];
  return (
    <li>
      <Link {...to} className={classes.line} data-tone={trouble.kind === 'devices' ? 'asking' : 'bad'}>
        <Icon size={15} aria-hidden="true" />
        <span className={classes.what}>{said}</span>
      </Link>
    </li>
  );
}
