import { useText } from '../../i18n/TextProvider';
import { inOrder } from './roles';

/** Roles in words, the mightiest first. */
export function RoleNames({ roles }: { roles: readonly string[] }) {
  const words: Record<string, string | undefined> = useText().account.roles;
  return <span>{inOrder(roles).map((role) => words[role] ?? role).join(', ')}</span>;
}
