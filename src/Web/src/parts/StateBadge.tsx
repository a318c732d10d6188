import { Ban, Check, Circle, CircleDashed, CircleDot, Clock, Hourglass, LoaderCircle, MessageCircleQuestion, Pause, SkipForward, Unplug, X, Zap, type LucideIcon } from 'lucide-react';
import { useText } from '../i18n/TextProvider';
import classes from './StateBadge.module.css';

type Tone = 'idle' | 'going' | 'asking' | 'good' | 'bad' | 'off';

const looks: Record<string, [Tone, LucideIcon] | undefined> = {
  blocked: ['idle', CircleDashed],
  scheduled: ['idle', Clock],
  queued: ['idle', Circle],
  assigned: ['going', CircleDot],
  running: ['going', LoaderCircle],
  waiting: ['asking', MessageCircleQuestion],
  done: ['good', Check],
  failed: ['bad', X],
  canceled: ['off', Ban],
  online: ['good', CircleDot],
  idle: ['good', CircleDot],
  busy: ['going', Zap],
  offline: ['off', Unplug],
  draining: ['asking', Hourglass],
  on: ['good', CircleDot],
  paused: ['off', Pause],
  over: ['off', Check],
  fired: ['good', Check],
  skipped: ['idle', SkipForward],
  missed: ['asking', CircleDashed],
};

/** A state by shape, colour and word; `bare` leaves the word to who can't see the shape. */
export function StateBadge({ state, bare = false }: { state: string; bare?: boolean }) {
  const { parts } = useText();
  const words: Record<string, string | undefined> = parts.states;
  const [tone, Icon] = looks[state] ?? ['idle', Circle];
  const word = words[state] ?? state;
  return (
    <span className={classes.badge} data-tone={tone} title={bare ? word : undefined}>
      <Icon size={14} aria-hidden="true" data-turning={state === 'running' || undefined} />
      <span className={bare ? classes.hidden : undefined}>{word}</span>
    </span>
  );
}
