import type { ReactNode } from 'react';
import classes from './PlainTable.module.css';

export interface PlainRow {
  key: string;
  cells: readonly ReactNode[];
}

/** A table of few rows, all of them there. Columns from `numbers` on hold numbers, and stand to the right. */
export function PlainTable({ label, heads, rows, numbers = heads.length }: { label: string; heads: readonly string[]; rows: readonly PlainRow[]; numbers?: number }) {
  return (
    // What scrolls sideways on a phone has to be reached by the keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.box} role="region" aria-label={label} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>{heads.map((head, at) => <th key={head} scope="col" data-number={at >= numbers || undefined}>{head}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            // The heads name the places of the cells, and do not change.
            <tr key={key}>{cells.map((cell, at) => <td key={heads[at]} data-number={at >= numbers || undefined}>{cell}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
