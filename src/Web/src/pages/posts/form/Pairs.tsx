import { ActionIcon, Button, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useText } from '../../../i18n/TextProvider';
import classes from '../Posts.module.css';

export interface PairsProps<Value> {
  label: string;
  name: string;
  pairs: Readonly<Record<string, Value>> | null | undefined;
  /** The value of a new row. */
  fresh: Value;
  wide?: boolean;
  error: string | undefined;
  onChange: (pairs: Record<string, Value>) => void;
  children: (value: Value, set: (value: Value) => void, name: string) => ReactNode;
}

/** Rows of names and what belongs to them. While it is being written a name may stand twice, or be empty. */
export function Pairs<Value>({ label, name, pairs, fresh, wide = false, error, onChange, children }: PairsProps<Value>) {
  const { form: words } = useText().posts;
  const [rows, setRows] = useState<readonly (readonly [string, Value])[]>(() => Object.entries(pairs ?? {}));
  const [said, setSaid] = useState(pairs);

  // Somebody else changed it: the text beside the form, or a version that was restored.
  if (said !== pairs) {
    setSaid(pairs);
    if (JSON.stringify(toMap(rows)) !== JSON.stringify(pairs ?? {})) {
      setRows(Object.entries(pairs ?? {}));
    }
  }

  const set = (next: readonly (readonly [string, Value])[]) => {
    setRows(next);
    const map = toMap(next);
    setSaid(map);
    onChange(map);
  };

  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0, display: 'grid', gap: 8 }}>
      <legend style={{ padding: 0, marginBottom: 4, fontSize: 'var(--mantine-font-size-sm)', fontWeight: 500 }}>{label}</legend>
      {rows.map(([key, value], at) => (
        // A row has nothing of its own that stays: its place is its name.
        <div key={at} className={classes.row} data-wide={wide || undefined}>
          <TextInput
            size="xs"
            aria-label={`${label}: ${name}`}
            placeholder={name}
            value={key}
            onChange={({ currentTarget }) => { set(rows.with(at, [currentTarget.value, value])); }}
          />
          {children(value, (next) => { set(rows.with(at, [key, next])); }, key)}
          <ActionIcon variant="subtle" color="gray" aria-label={words.takeAway(key)} onClick={() => { set(rows.toSpliced(at, 1)); }}><X size={14} /></ActionIcon>
        </div>
      ))}
      {error !== undefined && <span role="alert" style={{ fontSize: 12, color: 'var(--status-unhealthy-text)' }}>{error}</span>}
      <Button size="compact-xs" variant="subtle" color="gray" justify="flex-start" w="fit-content" leftSection={<Plus size={12} />} onClick={() => { set([...rows, ['', fresh]]); }}>{words.add}</Button>
    </fieldset>
  );
}

function toMap<Value>(rows: readonly (readonly [string, Value])[]): Record<string, Value> {
  return Object.fromEntries(rows.filter(([key]) => key.trim() !== ''));
}
