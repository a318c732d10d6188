import { useEffect, useRef, type ReactNode } from 'react';
import { useScrolled } from './useScrolled';

export interface VirtualRowsProps<Row> {
  rows: readonly Row[];
  idOf: (row: Row) => string;
  /** All rows have it. */
  height: number;
  className?: string | undefined;
  /** How high the box may get; without it it fills its place. */
  most?: number;
  /** There are more than those given; called when the last ones come in sight. */
  onEnd?: (() => void) | undefined;
  children: (row: Row) => ReactNode;
}

const near = 10;

/** A plain list that may be long: of its rows only those in sight are there. */
export function VirtualRows<Row>({ rows, idOf, height, className, most, onEnd, children }: VirtualRowsProps<Row>) {
  const box = useRef<HTMLDivElement>(null);
  const [first, end] = useScrolled(box, rows.length, height);

  useEffect(() => {
    if (onEnd !== undefined && end >= rows.length - near) {
      onEnd();
    }
  }, [onEnd, end, rows.length]);

  return (
    <div ref={box} className={className} style={{ overflowY: 'auto', minHeight: 0, ...(most === undefined ? { flex: 1 } : { maxHeight: most }) }}>
      <ul style={{ position: 'relative', height: rows.length * height, margin: 0, padding: 0, listStyle: 'none' }}>
        {rows.slice(first, end).map((row, at) => (
          <li key={idOf(row)} aria-setsize={rows.length} aria-posinset={first + at + 1} style={{ position: 'absolute', inset: '0 0 auto', height, transform: `translateY(${String((first + at) * height)}px)` }}>
            {children(row)}
          </li>
        ))}
      </ul>
    </div>
  );
}
