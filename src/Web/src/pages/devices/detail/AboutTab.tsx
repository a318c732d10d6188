import { useText } from '../../../i18n/TextProvider';
import { Copied } from '../../../parts/Copied';
import { Facts } from '../../../parts/Facts';
import { useFormat } from '../../../time/useFormat';
import { When } from '../../../time/When';
import type { Device } from '../queries';

export function AboutTab({ device }: { device: Device }) {
  const { facts } = useText().devices;
  const { number } = useFormat();
  const labels = Object.entries(device.labels).map(([name, value]) => `${name}=${value}`);
  return (
    <Facts
      facts={[
        [facts.id, <span key="id">{device.id} <Copied value={device.id} what={facts.id} /></span>],
        [facts.host, device.hostname],
        [facts.address, device.ip_address],
        [facts.system, `${device.os} ${device.arch}`],
        [facts.version, device.version],
        [facts.room, number(device.concurrency)],
        [facts.pool, device.pool === '' ? undefined : device.pool],
        [facts.since, <When key="since" at={device.created_at} />],
        [facts.key, device.key_id ?? '–'],
        [facts.capabilities, device.capabilities.join(', ') || '–'],
        [facts.labels, labels.join(', ') || '–'],
      ]}
    />
  );
}
