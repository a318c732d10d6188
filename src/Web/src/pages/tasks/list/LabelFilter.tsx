import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../../i18n/TextProvider';

/** A name, or `name=value`; asked for at Enter or when one leaves the field. */
export function LabelFilter({ value, onChange }: { value: string | undefined; onChange: (label: string | undefined) => void }) {
  const { tasks: words } = useText();
  const [typed, setTyped] = useState(value ?? '');
  const tell = () => {
    onChange(typed.trim() === '' ? undefined : typed.trim());
  };
  return (
    <TextInput
      size="xs"
      aria-label={words.filters.label}
      placeholder={words.filters.label}
      value={typed}
      onBlur={tell}
      onKeyDown={({ key }) => {
        if (key === 'Enter') {
          tell();
        }
      }}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
      }}
    />
  );
}
