import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useCommands } from '../commands/commands';
import { useText } from '../i18n/TextProvider';

/** Short, for rows are to be there 100 ms after the last letter and what the server takes. What it was asked for before is let go. */
const wait = 20;

/** Searches a moment after the last letter. "/" leads here. */
export function SearchField({ value, label, onChange }: { value: string | undefined; label: string; onChange: (q: string | undefined) => void }) {
  const { commands } = useText();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value ?? '');
  const said = useRef(value ?? '');
  const tell = useDebouncedCallback((q: string) => {
    said.current = q.trim();
    onChange(q.trim() === '' ? undefined : q.trim());
  }, wait);

  // Somebody else changed it: the browser's back button, or a saved filter.
  useEffect(() => {
    if ((value ?? '') !== said.current) {
      said.current = value ?? '';
      setTyped(value ?? '');
    }
  }, [value]);

  useCommands([{ id: 'list:search', label: commands.search, group: 'list', keys: ['/'], quiet: true, run: () => field.current?.focus() }]);

  return (
    <TextInput
      ref={field}
      size="xs"
      style={{ flex: '0 1 240px', minWidth: 140 }}
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<Search size={14} />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
    />
  );
}
