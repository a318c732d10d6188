import { useQuery } from '@tanstack/react-query';
import { agentNames, agentQuery, postNames, postQuery } from './queries';
import { short } from './short';

/** An agent's name, by its id; the id itself where it can't be had. */
export function AgentName({ id }: { id: string | null }) {
  const names = useQuery(agentNames);
  const known = id === null ? undefined : names.data?.get(id);
  const alone = useQuery({ ...agentQuery(id ?? ''), enabled: id !== null && !names.isPending && known === undefined });
  return id === null ? <span>–</span> : <span title={id}>{known ?? alone.data?.name ?? short(id)}</span>;
}

export function PostName({ id }: { id: string | null }) {
  const names = useQuery(postNames);
  const known = id === null ? undefined : names.data?.get(id);
  const alone = useQuery({ ...postQuery(id ?? ''), enabled: id !== null && !names.isPending && known === undefined });
  return id === null ? <span>–</span> : <span title={id}>{known ?? alone.data?.name ?? short(id)}</span>;
}
