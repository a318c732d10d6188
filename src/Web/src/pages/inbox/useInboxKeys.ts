import { useCommands, type Command } from '../../commands/commands';
import { useText } from '../../i18n/TextProvider';
import type { Item } from './items';
import { useInboxDeeds } from './useInboxDeeds';

/** One key answers what is looked at: y and n of an approval, the number of a choice, e for what has been read. */
export function useInboxKeys(active: Item | undefined): void {
  const { inbox: words } = useText();
  const { answer, read } = useInboxDeeds();
  const isApproval = active?.kind === 'permission';
  const options = active?.kind === 'question' ? active.question.options.slice(0, 9) : [];
  const give = (given: { allow?: boolean; option?: string }) => {
    if (active !== undefined && !answer.isPending) {
      answer.mutate({ items: [active], given });
    }
  };
  useCommands([
    { id: 'inbox:allow', label: words.allow, group: 'page', keys: ['y'], when: () => isApproval, run: () => { give({ allow: true }); } },
    { id: 'inbox:deny', label: words.deny, group: 'page', keys: ['n'], when: () => isApproval, run: () => { give({ allow: false }); } },
    { id: 'inbox:read', label: words.read, group: 'page', keys: ['e'], when: () => active?.kind === 'mention', run: () => { if (active !== undefined) { read.mutate([active]); } } },
    ...options.map((option, index): Command => ({ id: `inbox:${String(index)}`, label: words.option(String(index + 1)), group: 'page', keys: [String(index + 1)], quiet: true, run: () => { give({ option }); } })),
  ]);
}
