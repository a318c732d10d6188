import { useEffect, useState, type RefObject } from 'react';
import { rowHeight, rowsInSight } from './window';

/** The rows that are to be there, by where the box is scrolled to. */
export function useScrolled(box: RefObject<HTMLDivElement | null>, total: number, each = rowHeight): readonly [number, number] {
  const [range, setRange] = useState<readonly [number, number]>([0, Math.min(total, 40)]);

  useEffect(() => {
    const element = box.current;
    if (element === null) {
      return;
    }
    const look = () => {
      const next = rowsInSight(element.scrollTop, element.clientHeight, total, each);
      setRange((before) => (before[0] === next[0] && before[1] === next[1] ? before : next));
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const sized = new ResizeObserver(look);
    sized.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      sized.disconnect();
    };
  }, [box, total, each]);

  return range;
}
