import { useQuery } from '@tanstack/react-query';
import { agentNames, agentQuery, deviceNames, postNames, postQuery } from './queries';
import { short } from './short';

/** An agent's name, by its id; the id itself where it can't be had. */
export function AgentName({ id }: { id: string | null }) {
  return id === null ? <span>–</span> : <KnownAgent id={id} />;
}

export function PostName({ id }: { id: string | null }) {
  return id === null ? <span>–</span> : <KnownPost id={id} />;
}

function KnownAgent({ id }: { id: string }) {
  const names = useQuery(agentNames);
  const known = names.data?.get(id);
  return names.isPending || known !== undefined ? <span title={id}>{known ?? short(id)}</span> : <LoneAgent id={id} />;
}

function LoneAgent({ id }: { id: string }) {
  const agent = useQuery(agentQuery(id)).data;
  return <span title={id}>{agent?.name ?? short(id)}</span>;
}

function KnownPost({ id }: { id: string }) {
  const names = useQuery(postNames);
  const known = names.data?.get(id);
  return names.isPending || known !== undefined ? <span title={id}>{known ?? short(id)}</span> : <LonePost id={id} />;
}

function LonePost({ id }: { id: string }) {
  const post = useQuery(postQuery(id)).data;
  return <span title={id}>{post?.name ?? short(id)}</span>;
}

/** The name of its machine, by its id. */
export function DeviceName({ id }: { id: string }) {
  const known = useQuery(deviceNames).data?.get(id);
  return <span title={id}>{known === undefined || known === '' ? short(id) : known}</span>;
}
