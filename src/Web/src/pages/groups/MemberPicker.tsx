import { useText } from '../../i18n/TextProvider';
import { findAgents, findPeople, type Choice, type Find } from '../../names/find';
import { ManyPicker } from '../../names/ManyPicker';
import { useMe } from '../../session/session';

const as = (kind: string, choices: readonly Choice[]) => choices.map(({ value, label }) => ({ value: `${kind}:${value}`, label }));

/** Agents, and for who may see all people, people. What is chosen is as the API names members: "agent:ID". */
export function MemberPicker({ value, onChange }: { value: string[]; onChange: (members: string[]) => void }) {
  const { groups: words } = useText();
  const me = useMe();
  const seesPeople = me?.roles.includes('admin') === true;
  const find: Find = async (q, signal) => {
    const [people, agents] = await Promise.all([seesPeople ? findPeople(q, signal) : [], findAgents(q, signal)]);
    return [...as('user', people.filter((one) => one.value !== me?.id)), ...as('agent', agents)];
  };
  return <ManyPicker label={words.whom} kind={seesPeople ? 'members' : 'members without people'} find={find} value={value} onChange={onChange} />;
}
