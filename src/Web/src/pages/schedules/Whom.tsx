import { useText } from '../../i18n/TextProvider';
import { AgentName, PostName } from '../../names/Name';
import type { Template } from './draft';

/** Who gets the tasks: an agent, one of a post, or whoever can. */
export function Whom({ task: { agent_id, post_id } }: { task: Template }) {
  const { schedules: words } = useText();
  if (agent_id != null) {
    return <AgentName id={agent_id} />;
  }
  return post_id != null ? <PostName id={post_id} /> : <span>{words.anybody}</span>;
}
