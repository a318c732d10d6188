import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { GroupEntry } from './log';
import { spanOf, stepped } from './reading';

const near = 60;
/** So early that who scrolls on does not come to a stop. */
const early = 600;

/** Where somebody is in a log. Who reads at the end stays there; else what is read keeps its place, whatever comes above or below. */
export function useReading(box: RefObject<HTMLDivElement | null>, said: readonly GroupEntry[], onBegin: (() => void) | undefined) {
  const [follows, setFollows] = useState(true);
  const [lastId, setLastId] = useState<string>();
  const newest = said.at(-1)?.id;
  const [known, setKnown] = useState(newest);
  const place = useRef<{ id: string; bottom: number }>(undefined);
  const last = lastId === undefined ? -1 : said.findIndex(({ id }) => id === lastId);
  const span = spanOf(said.length, last);
  const isEnd = span.to === said.length;

  // Who has scrolled up reads these; what comes at the end comes beneath them.
  if (newest !== known) {
    setKnown(newest);
    if (!follows && lastId === undefined) {
      setLastId(known);
    }
  }

  // Older ones came: some of them are put there at once, for above the first of a log nothing can keep its place.
  const oldest = said[0]?.id;
  const [knownOldest, setKnownOldest] = useState(oldest);
  if (oldest !== knownOldest) {
    setKnownOldest(oldest);
    if (!follows && span.from > 0) {
      setLastId(said[stepped(said.length, span, 'up')]?.id);
    }
  }

  useLayoutEffect(() => {
    const element = box.current;
    const kept = place.current;
    if (element === null) {
      return;
    }
    if (follows) {
      element.scrollTo({ top: element.scrollHeight, behavior: 'instant' });
    } else if (kept !== undefined) {
      const read = element.querySelector<HTMLElement>(`[data-entry="${CSS.escape(kept.id)}"]`);
      if (read !== null) {
        // By as much as it was moved: who scrolls meanwhile scrolls on.
        element.scrollTo({ top: element.scrollTop + bottomOf(read) - kept.bottom, behavior: 'instant' });
        kept.bottom = bottomOf(read);
      }
    }
  }, [box, follows, said, span.from, span.to]);

  useEffect(() => {
    const element = box.current;
    if (element === null) {
      return;
    }
    // What is written beneath gets higher, and the box lower: the end stays in sight.
    const sized = new ResizeObserver(() => { if (follows) { element.scrollTo({ top: element.scrollHeight, behavior: 'instant' }); } });
    sized.observe(element);
    return () => { sized.disconnect(); };
  }, [box, follows]);

  const move = (way: 'up' | 'down') => {
    const next = stepped(said.length, span, way);
    setLastId(next < 0 ? undefined : said[next]?.id);
  };
  const look = () => {
    const element = box.current;
    if (element === null) {
      return;
    }
    const { scrollTop, scrollHeight, clientHeight } = element;
    place.current = firstSeen(element);
    const below = scrollHeight - scrollTop - clientHeight;
    setFollows(isEnd && below < near);
    if (scrollTop < early && span.from > 0) {
      move('up');
    } else if (scrollTop < early && scrollHeight > clientHeight) {
      onBegin?.();
    } else if (below < early && !isEnd) {
      move('down');
    }
  };
  // What came may still be too little, and who is at an end already scrolls no more.
  const lookAgain = useEffectEvent(() => { if (!follows) { look(); } });
  useEffect(() => {
    const frame = requestAnimationFrame(lookAgain);
    return () => { cancelAnimationFrame(frame); };
  }, [said, span.from, span.to]);
  const toEnd = () => {
    setLastId(undefined);
    setFollows(true);
  };
  return { shown: said.slice(span.from, span.to), before: said[span.from - 1], isBegin: span.from === 0, follows, onScroll: look, toEnd };
}

function firstSeen(element: HTMLElement): { id: string; bottom: number } | undefined {
  for (const one of element.querySelectorAll<HTMLElement>('[data-entry]')) {
    if (bottomOf(one) > element.scrollTop) {
      return { id: one.dataset.entry ?? '', bottom: bottomOf(one) };
    }
  }
  return undefined;
}

/** Not its top: who said it stands there only until it is known that the one before is by the same. */
function bottomOf({ offsetTop, offsetHeight }: HTMLElement): number {
  return offsetTop + offsetHeight;
}
