import { Checkbox, Stack } from '@mantine/core';
import { useText } from '../../i18n/TextProvider';
import { inOrder, roles, type Role } from './roles';

export interface RolesFieldProps {
  label: string;
  value: readonly string[];
  onChange: (roles: string[]) => void;
  /** Those that can be given: nobody gives a key more than they have. */
  offered?: readonly Role[];
  error?: string | undefined;
}

export function RolesField({ label, value, onChange, offered = roles, error }: RolesFieldProps) {
  const { account, people: words } = useText();
  return (
    <Checkbox.Group label={label} value={[...value]} error={error} onChange={(next) => { onChange(inOrder(next)); }}>
      <Stack gap="xs" mt={8}>
        {offered.map((role) => <Checkbox key={role} value={role} label={account.roles[role]} description={words.roleHints[role]} />)}
      </Stack>
    </Checkbox.Group>
  );
}
