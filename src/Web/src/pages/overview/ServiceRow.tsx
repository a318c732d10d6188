import { Text } from '@mantine/core';
import { useText } from '../../i18n/TextProvider';
import { check, milliseconds, type ServiceState } from './health';
import { History } from './History';
import classes from './Overview.module.css';

export function ServiceRow({ service }: { service: ServiceState }) {
  const { overview: words } = useText();
  const about: Record<string, string | undefined> = words.about;
  const healthy = service.replicas.filter(({ status }) => status === 'healthy').length;
  const troubled = service.replicas.filter(({ status }) => status !== 'healthy');

  return (
    <tr className={classes.row}>
      <th scope="row" className={classes.service}>
        <span className={classes.name}>{service.name}</span>
        <Text size="xs" c="dimmed">
          {about[service.name]}
        </Text>
        {service.status !== 'healthy' && (
          <div className={classes.trouble} data-status={service.status}>
            {service.description && <p>{service.description}</p>}
            {troubled.map((replica, index) => (
              <p key={index}>{words.status[replica.status]}</p>
            ))}
          </div>
        )}
      </th>
      <td className={classes.status}>
        <span className={classes.badge} data-status={service.status}>
          {words.status[service.status]}
        </span>
      </td>
      <td className={classes.recent}>
        <History checks={service.checks} />
      </td>
      <td className={`${classes.right ?? ''} ${classes.number ?? ''} ${classes.replicas ?? ''}`}>
        {words.replicasHealthy(healthy, service.replicas.length)}
      </td>
      <td className={`${classes.right ?? ''} ${classes.number ?? ''} ${classes.answer ?? ''}`}>
        {milliseconds(check(service).ms)}
      </td>
    </tr>
  );
}
