import { Button, Group, Text } from '@mantine/core';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useText } from '../i18n/TextProvider';
import { useFormat } from '../time/useFormat';
import classes from './PlainTable.module.css';

export interface PlainRow {
  key: string;
  cells: readonly ReactNode[];
}

export interface PlainTableProps {
  label: string;
  heads: readonly string[];
  rows: readonly PlainRow[];
  /** Columns from here on hold numbers, and stand to the right. */
  numbers?: number;
  /** How many there are, where not all were asked for. */
  total?: number | undefined;
  /** Asks for those that come after the rows; undefined where these are all, or they are on their way. */
  onMore?: (() => void) | undefined;
  /** As many rows at once. */
  most?: number;
}

/** A table to be read as a whole; what is longer is read page by page. */
export function PlainTable({ label, heads, rows, numbers = heads.length, total = rows.length, onMore, most = 50 }: PlainTableProps) {
  const { parts: words } = useText();
  const { number } = useFormat();
  const [page, setPage] = useState(0);
  const from = Math.min(page, Math.max(0, Math.ceil(rows.length / most) - 1)) * most;
  const to = Math.min(from + most, rows.length);
  const hasNext = to < rows.length;
  return (
    <>
      {/* What scrolls sideways on a phone has to be reached by the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={classes.box} role="region" aria-label={label} tabIndex={0}>
        <table className={classes.table} aria-rowcount={total + 1}>
          <thead>
            <tr>{heads.map((head, at) => <th key={head} scope="col" data-number={at >= numbers || undefined}>{head}</th>)}</tr>
          </thead>
          <tbody>
            {rows.slice(from, to).map(({ key, cells }) => (
              // The heads name the places of the cells, and do not change.
              <tr key={key}>{cells.map((cell, at) => <td key={heads[at]} data-number={at >= numbers || undefined}>{cell}</td>)}</tr>
            ))}
          </tbody>
        </table>
      </div>
      {Math.max(total, rows.length) > most && (
        <Group gap="xs">
          <Button variant="default" size="compact-sm" leftSection={<ChevronLeft size={14} />} disabled={from === 0} onClick={() => { setPage(from / most - 1); }}>{words.pages.before}</Button>
          <Button
            variant="default"
            size="compact-sm"
            rightSection={<ChevronRight size={14} />}
            disabled={!hasNext && onMore === undefined}
            onClick={() => {
              setPage(from / most + 1);
              if (rows.length - to <= most) {
                onMore?.();
              }
            }}
          >
            {words.pages.next}
          </Button>
          <Text size="sm" c="dimmed" role="status">{words.pages.which(number(from + 1), number(to), number(Math.max(total, rows.length)))}</Text>
        </Group>
      )}
    </>
  );
}
