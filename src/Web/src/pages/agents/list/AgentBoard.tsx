import { Button, Skeleton, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '../../../i18n/TextProvider';
import { PostName } from '../../../names/Name';
import { short } from '../../../names/short';
import { StateBadge } from '../../../parts/StateBadge';
import { useFormat } from '../../../time/useFormat';
import type { AgentSearch } from '../search';
import { agentStates } from '../search';
import classes from '../../../parts/Board.module.css';
import { useAgentList } from './useAgentList';

const most = 40;

/** A column for each state; who changes it changes the column. */
export function AgentBoard({ search, onColumn }: { search: AgentSearch; onColumn: (status: (typeof agentStates)[number]) => void }) {
  return (
    <div className={classes.board}>
      {agentStates.map((status) => (
        <Column key={status} search={{ ...search, status }} status={status} onAll={() => { onColumn(status); }} />
      ))}
    </div>
  );
}

function Column({ search, status, onAll }: { search: AgentSearch; status: (typeof agentStates)[number]; onAll: () => void }) {
  const { agents: words, parts } = useText();
  const { number } = useFormat();
  const { rows, total } = useAgentList(search);
  const fitting = rows?.filter((agent) => agent.status === status);
  return (
    <section className={classes.column} aria-label={parts.states[status]}>
      <h2 className={classes.heading}>
        <StateBadge state={status} />
        <span>{total && number(total.total)}</span>
      </h2>
      <div className={classes.cards}>
        {fitting === undefined && <Skeleton height={62} radius="md" />}
        {fitting?.slice(0, most).map((agent) => (
          <Link key={agent.id} to="/agents/$id" params={{ id: agent.id }} className={classes.card}>
            <Text component="span" size="sm" fw={550} truncate>{agent.name}</Text>
            <Text component="span" size="xs" c="dimmed" truncate>
              <PostName id={agent.post_id} />
              {agent.device_id !== null && ` · ${short(agent.device_id)}`}
            </Text>
            {agent.running > 0 && <Text component="span" size="xs" c="dimmed">{words.running(number(agent.running), number(agent.concurrency))}</Text>}
          </Link>
        ))}
        {fitting?.length === 0 && <Text size="xs" c="dimmed" ta="center" py="md">{words.nobody}</Text>}
        {(total?.total ?? 0) > most && <Button size="compact-xs" variant="subtle" color="gray" onClick={onAll}>{words.all(number(total?.total ?? 0))}</Button>}
      </div>
    </section>
  );
}
