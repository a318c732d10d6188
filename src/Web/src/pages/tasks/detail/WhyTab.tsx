import { Paper, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { AgentName } from '../../../names/Name';
import { useFormat } from '../../../time/useFormat';
import { explainQuery } from '../queries';
import classes from './InputTab.module.css';

/** Why it is where it is; for one that waits, agent by agent. */
export function WhyTab({ id, agent }: { id: string; agent: string | null }) {
  const { why: words } = useText().task;
  const { number } = useFormat();
  const why = useQuery(explainQuery(id));
  if (why.isError) {
    return <FailureAlert error={why.error} onRetry={() => void why.refetch()} />;
  }
  if (why.data === undefined) {
    return <Skeleton height={120} radius="lg" />;
  }
  return (
    <Stack gap="sm">
      <Paper className={classes.part}>
        <Text size="sm"><Named text={why.data.reason} id={agent} /></Text>
      </Paper>
      {why.data.agents.length > 0 && (
        <Paper style={{ overflow: 'auto' }}>
          <table className={classes.table}>
            <caption className={classes.caption}>{words.of(number(why.data.total))}</caption>
            <thead>
              <tr>
                <th scope="col">{words.agent}</th>
                <th scope="col">{words.can}</th>
                <th scope="col">{words.reason}</th>
              </tr>
            </thead>
            <tbody>
              {why.data.agents.map(({ agent_id, eligible, reason, detail }) => (
                <tr key={agent_id}>
                  <td><AgentName id={agent_id} /></td>
                  <td>{eligible ? words.can : words.cannot}</td>
                  <td>{detail === '' ? reason : detail}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Paper>
      )}
    </Stack>
  );
}

/** The server knows who has it by its id; people know it by its name. */
function Named({ text, id }: { text: string; id: string | null }) {
  const [before, ...after] = id === null ? [text] : text.split(id);
  return after.length === 0 ? text : <>{before}<AgentName id={id} />{after.join(id ?? '')}</>;
}
