import { useQuery } from '@tanstack/react-query';
import { FailureAlert } from '../../feedback/FailureAlert';
import { useText } from '../../i18n/TextProvider';
import { dayName } from '../../reports/days';
import { useFormat } from '../../time/useFormat';
import { useNow } from '../../time/useNow';
import { When } from '../../time/When';
import { Figure } from './Figure';
import classes from './Figures.module.css';
import { firstHour } from './hours';
import { agentCount, atWorkCount, dayQuery, deviceCount, queueQuery, todayQuery, type Count } from './queries';

/** How it stands, in six numbers; each leads to what was counted. */
export function Figures() {
  const { figures: words } = useText().overview;
  const { number, compact, percent, dollars, duration } = useFormat();
  const now = useNow(60_000);
  const since = dayName(new Date(firstHour(now)));
  const devices = useQuery(deviceCount());
  const devicesOnline = useQuery(deviceCount('online'));
  const agents = useQuery(agentCount('all'));
  const agentsOnline = useQuery(agentCount('online'));
  const busy = useQuery(agentCount('busy'));
  const queue = useQuery(queueQuery);
  const going = useQuery(atWorkCount);
  const day = useQuery(dayQuery(now));
  const today = useQuery(todayQuery(now));

  const all = [devices, devicesOnline, agents, agentsOnline, busy, queue, going, day, today];
  const broken = all.find(({ isError }) => isError);
  const say = (count: Count | undefined) => count && `${number(count.total)}${count.capped ? '+' : ''}`;
  const sum = day.data?.sum;
  const wait = sum?.wait.p50;
  const spent = today.data?.sum.usage;

  return (
    <>
      {broken && <FailureAlert error={broken.error} onRetry={() => { all.forEach((query) => { if (query.isError) { void query.refetch(); } }); }} />}
      <div className={classes.figures} role="group" aria-label={words.label}>
        <Figure
          label={words.devices}
          value={say(devicesOnline.data)}
          of={devices.data && words.of(say(devices.data) ?? '')}
          hint={devices.data && devicesOnline.data && (devices.data.total === 0 ? words.noDevices : devices.data.total > devicesOnline.data.total ? words.offline(number(devices.data.total - devicesOnline.data.total)) : words.allOnline)}
          failed={devicesOnline.isError}
          to={{ to: '/devices', search: { status: 'online' } }}
        />
        <Figure
          label={words.agents}
          value={say(agentsOnline.data)}
          of={agents.data && words.of(say(agents.data) ?? '')}
          hint={busy.data && words.busy(say(busy.data) ?? '')}
          failed={agentsOnline.isError}
          to={{ to: '/agents', search: { status: 'here' } }}
        />
        <Figure
          label={words.queue}
          value={say(queue.data)}
          hint={queue.data && going.data && (queue.data.oldest === undefined ? words.atWork(say(going.data) ?? '') : <>{words.atWork(say(going.data) ?? '')} · {words.oldest} <When at={queue.data.oldest} /></>)}
          failed={queue.isError}
          to={{ to: '/tasks', search: { status: ['queued'] } }}
        />
        <Figure
          label={words.done}
          value={sum && number(sum.done)}
          hint={sum && (wait == null ? words.noWork : words.wait(duration(wait * 1000)))}
          failed={day.isError}
          to={{ to: '/tasks', search: { status: ['done'], from: since } }}
        />
        <Figure
          label={words.success}
          value={sum && (sum.success_rate === null ? '–' : percent(sum.success_rate))}
          hint={sum && words.failed(number(sum.failed))}
          failed={day.isError}
          to={{ to: '/tasks', search: { status: ['failed'], from: since } }}
        />
        <Figure
          label={words.spend}
          value={spent && dollars(spent.cost_usd)}
          hint={spent && words.tokens(compact(spent.input_tokens + spent.output_tokens))}
          failed={today.isError}
          to={{ to: '/tasks', search: { status: ['done', 'failed', 'canceled'], from: dayName(new Date(now)) } }}
        />
      </div>
    </>
  );
}
