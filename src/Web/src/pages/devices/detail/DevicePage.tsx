import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { DetailPage } from '../../../parts/DetailPage';
import { StateBadge } from '../../../parts/StateBadge';
import { pageOf } from '../../../shell/pages';
import { When } from '../../../time/When';
import { nameOf } from '../columns';
import { stateOf } from '../state';
import { deviceQuery, type Device } from '../queries';
import { AboutTab } from './AboutTab';
import { AgentsTab } from './AgentsTab';
import { DeviceActions } from './DeviceActions';
import { NowTab } from './NowTab';

const route = getRouteApi('/signed-in/devices/$id');

export function DevicePage() {
  const { id } = route.useParams();
  const device = useQuery(deviceQuery(id));
  if (device.data !== undefined) {
    return <Known key={id} device={device.data} />;
  }
  return device.isError ? (
    <FailureAlert error={device.error} onRetry={() => void device.refetch()} />
  ) : (
    <Stack gap="md">
      <Skeleton height={30} width="40%" />
      <Skeleton height={300} radius="lg" />
    </Stack>
  );
}

function Known({ device }: { device: Device }) {
  const { devices: words } = useText();
  const { tab = 'now', range = 'h1' } = route.useSearch();
  const navigate = route.useNavigate();
  const go = (next: { tab?: typeof tab; range?: typeof range }) => void navigate({ search: { tab, range, ...next }, replace: true });
  return (
    <DetailPage
      list={pageOf('/devices')}
      title={nameOf(device)}
      badge={<StateBadge state={stateOf(device)} />}
      about={<>{device.os} {device.arch} · ccc {device.version} · {words.facts.seen} <When at={device.last_seen} /></>}
      actions={<DeviceActions device={device} />}
      tabs={[
        { value: 'now', label: words.tabs.now, panel: <NowTab id={device.id} range={range} onRange={(next) => { go({ range: next }); }} /> },
        { value: 'agents', label: words.tabs.agents, count: device.agents, panel: <AgentsTab id={device.id} /> },
        { value: 'about', label: words.tabs.about, panel: <AboutTab device={device} /> },
      ]}
      tab={tab}
      onTab={(next) => { go({ tab: next }); }}
    />
  );
}
