import { Skeleton, VisuallyHidden } from '@mantine/core';
import { useEffect, useId, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useCommands } from '../commands/commands';
import { useText } from '../i18n/TextProvider';
import type { Selection } from './useSelection';
import { Line } from './Line';
import { usePhone } from './usePhone';
import { useScrolled } from './useScrolled';
import classes from './VirtualTable.module.css';
import { rowHeight, scrollFor } from './window';

export interface Column<Row> {
  key: string;
  head: string;
  /** As in grid-template-columns. */
  width: string;
  align?: 'right';
  /** Also where there is room for two or three columns only. */
  phone?: boolean;
  cell: (row: Row) => ReactNode;
}

export interface VirtualTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  /** Undefined while the first ones are on their way. */
  rows: readonly Row[] | undefined;
  total?: number;
  idOf: (row: Row) => string;
  nameOf: (row: Row) => string;
  onOpen: (row: Row) => void;
  selection?: Selection;
  /** There are more than those given; called when the last ones come in sight. */
  onEnd?: (() => void) | undefined;
  empty: ReactNode;
  /** What scrolls, for who wants to know how far. */
  boxRef?: RefObject<HTMLDivElement | null>;
  /** The row that the keyboard is at, for a page that shows more of it; else the table keeps it itself. */
  activeId?: string | undefined;
  onActive?: (id: string) => void;
}

/** Rows of one height, of which only those in sight are there. By the keyboard: j, k and the arrows, Enter, x. */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, rows, idOf, onOpen, selection, onEnd, empty } = props;
  const { commands: words } = useText();
  const ownBox = useRef<HTMLDivElement>(null);
  const box = props.boxRef ?? ownBox;
  const id = useId();
  const phone = usePhone();
  const columns = useMemo(() => (phone ? props.columns.filter((column) => column.phone) : props.columns), [phone, props.columns]);
  const count = rows?.length ?? 0;
  const [first, end] = useScrolled(box, count);
  const [ownActiveId, setOwnActiveId] = useState<string>();
  const { activeId = ownActiveId, onActive: setActiveId = setOwnActiveId } = props;
  const found = rows?.findIndex((row) => idOf(row) === activeId) ?? -1;
  const active = rows?.[found];
  const template = [...(selection && !phone ? ['36px'] : []), ...columns.map(({ width }) => width)].join(' ');

  useEffect(() => {
    if (onEnd !== undefined && end >= count - 20) {
      onEnd();
    }
  }, [onEnd, end, count]);

  const move = (step: number) => {
    const next = rows?.[Math.max(0, Math.min(count - 1, found + step))];
    const element = box.current;
    if (next === undefined || element === null) {
      return;
    }
    setActiveId(idOf(next));
    const top = scrollFor(Math.max(0, Math.min(count - 1, found + step)), element.scrollTop, element.clientHeight - rowHeight);
    if (top !== undefined) {
      element.scrollTo({ top });
    }
  };

  const list = { group: 'list', quiet: true, when: () => count > 0 } as const;
  const onRow = { group: 'list', quiet: true, when: () => active !== undefined } as const;
  useCommands([
    { ...list, id: 'list:down', label: words.down, keys: ['j', 'down'], run: () => { move(1); } },
    { ...list, id: 'list:up', label: words.up, keys: ['k', 'up'], run: () => { move(-1); } },
    { ...onRow, id: 'list:open', label: words.enter, keys: ['enter'], run: () => { if (active !== undefined) { onOpen(active); } } },
    ...(selection === undefined
      ? []
      : [{ ...onRow, id: 'list:mark', label: words.mark, keys: ['x'], run: () => { if (activeId !== undefined) { selection.toggle(activeId); } } }]),
  ]);

  if (rows?.length === 0) {
    return <div className={classes.empty}>{empty}</div>;
  }

  return (
    <div
      ref={box}
      className={classes.box}
      role="grid"
      aria-label={label}
      aria-rowcount={(props.total ?? count) + 1}
      aria-busy={rows === undefined}
      aria-activedescendant={found >= first && found < end ? `${id}-${String(found)}` : undefined}
      tabIndex={0}
    >
      <div className={classes.head} role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
        {selection && !phone && <span role="columnheader"><VisuallyHidden>{words.mark}</VisuallyHidden></span>}
        {columns.map(({ key, head, align }) => (
          <span key={key} role="columnheader" data-align={align}>
            {head}
          </span>
        ))}
      </div>
      {rows === undefined ? (
        <Placeholder template={template} columns={columns.length + (selection && !phone ? 1 : 0)} />
      ) : (
        <div role="rowgroup" style={{ height: count * rowHeight, position: 'relative' }}>
          {rows.slice(first, end).map((row, offset) => {
            const rowId = idOf(row);
            return (
              <Line
                key={rowId}
                id={`${id}-${String(first + offset)}`}
                row={row}
                rowId={rowId}
                name={props.nameOf(row)}
                index={first + offset}
                columns={columns}
                template={template}
                active={first + offset === found}
                selected={phone ? undefined : selection?.ids.has(rowId)}
                onToggle={selection?.toggle}
              />
            );
          })}
        </div>
      )}
    </div>
  );
}

function Placeholder({ template, columns }: { template: string; columns: number }) {
  const { shell } = useText();
  return (
    <div role="rowgroup">
      {Array.from({ length: 12 }, (_, line) => (
        <div key={line} role="row" className={classes.waiting} style={{ gridTemplateColumns: template }}>
          {Array.from({ length: columns }, (_, column) => (
            <span role="gridcell" key={column} aria-label={shell.loading}>
              <Skeleton height={10} width={`${String(40 + ((line * 7 + column * 13) % 45))}%`} />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}
