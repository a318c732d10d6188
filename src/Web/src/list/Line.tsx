import { memo, type ReactNode } from 'react';
import { useText } from '../i18n/TextProvider';
import type { Column } from './VirtualTable';
import classes from './VirtualTable.module.css';
import { rowHeight } from './window';

interface LineProps<Row> {
  id: string;
  row: Row;
  rowId: string;
  name: string;
  index: number;
  columns: readonly Column<Row>[];
  template: string;
  active: boolean;
  /** Undefined where rows can't be selected. */
  selected: boolean | undefined;
  onToggle: ((id: string) => void) | undefined;
}

/** Drawn anew only when something of it has changed: scrolling makes new ones and leaves the others alone. */
export const Line = memo(function Line<Row>({ id, row, rowId, name, index, columns, template, active, selected, onToggle }: LineProps<Row>) {
  const { list } = useText();
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={classes.row}
      data-active={active || undefined}
      style={{ gridTemplateColumns: template, transform: `translateY(${String(index * rowHeight)}px)` }}
    >
      {selected !== undefined && (
        <span role="gridcell" className={classes.above}>
          <input type="checkbox" className={classes.check} checked={selected} aria-label={list.select(name)} onChange={() => onToggle?.(rowId)} />
        </span>
      )}
      {columns.map(({ key, align, cell }) => (
        <span key={key} role="gridcell" data-align={align}>
          {cell(row)}
        </span>
      ))}
    </div>
  );
}) as <Row>(props: LineProps<Row>) => ReactNode;
