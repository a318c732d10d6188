import { Check, Minus } from 'lucide-react';
import { VisuallyHidden } from '@mantine/core';
import { useText } from '../../i18n/TextProvider';
import { PlainTable } from '../../parts/PlainTable';
import classes from './People.module.css';
import { deeds, may, roles, type Deed } from './roles';

/** What each role may, in words. */
export function RolesTable() {
  const { account, people: words } = useText();
  return (
    <div className={classes.inner}>
      <PlainTable
        label={words.views.roles}
        heads={[words.deed, ...roles.map((role) => account.roles[role])]}
        rows={(Object.keys(deeds) as Deed[]).map((deed) => ({
          key: deed,
          cells: [words.deeds[deed], ...roles.map((role) => <Mark key={role} yes={may(role, deed)} />)],
        }))}
      />
    </div>
  );
}

function Mark({ yes }: { yes: boolean }) {
  const { people: words } = useText();
  return (
    <span className={classes.mark} data-yes={yes || undefined}>
      {yes ? <Check size={15} aria-hidden="true" /> : <Minus size={15} aria-hidden="true" />}
      <VisuallyHidden>{yes ? words.yes : words.no}</VisuallyHidden>
    </span>
  );
}
