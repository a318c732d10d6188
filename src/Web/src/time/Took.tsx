import { useFormat } from './useFormat';
import { useNow } from './useNow';

/** How long something took; it counts on where it has not ended. */
export function Took({ from, to }: { from: string | null; to: string | null }) {
  if (from === null) {
    return <span>–</span>;
  }
  return to === null ? <Counting from={Date.parse(from)} /> : <Length ms={Date.parse(to) - Date.parse(from)} />;
}

function Counting({ from }: { from: number }) {
  const now = useNow();
  return <Length ms={Math.max(0, now - from)} whole />;
}

function Length({ ms, whole = false }: { ms: number; whole?: boolean }) {
  const { duration } = useFormat();
  return <span style={{ fontVariantNumeric: 'tabular-nums' }}>{duration(whole ? Math.floor(ms / 1000) * 1000 : ms)}</span>;
}
