import type { Catalogue } from '../../../i18n/en';
import { useText } from '../../../i18n/TextProvider';
import { StateBadge } from '../../../parts/StateBadge';
import { useFormat } from '../../../time/useFormat';
import classes from './Transcript.module.css';
import { field, wordsOf, type Note } from './transcript';

/** What is no output: a state, a question, an answer, what somebody said to it. */
export function NoteView({ note: { kind, event } }: { note: Note }) {
  const { task } = useText();
  const { clock } = useFormat();
  const words = task.output;
  return (
    <div className={classes.note} data-kind={kind}>
      <time dateTime={event.at}>{clock(Date.parse(event.at))}</time>
      {kind === 'state' && (
        <span>
          <StateBadge state={event.status ?? ''} /> {field(event.data, 'message')}
        </span>
      )}
      {kind === 'status' && <span>{wordsOf(event.data)}</span>}
      {kind === 'question' && (
        <span>
          {words.asks}: <strong>{field(event.data, 'title')}</strong>
        </span>
      )}
      {kind === 'answer' && (
        <span>
          {by(event.data, words)}: <strong>{answerOf(event.data, task.question)}</strong>
        </span>
      )}
      {kind === 'message' && (
        <span>
          {words.told(field(event.data, 'name') ?? field(event.data, 'from') ?? '')}: <strong>{field(event.data, 'text')}</strong>
        </span>
      )}
    </div>
  );
}

function by(data: unknown, words: Catalogue['task']['output']): string {
  const who = field(data, 'by') ?? '';
  return who === 'expired' ? words.nobody : who === 'over' ? words.over : words.answered(field(data, 'name') ?? who);
}

function answerOf(data: unknown, words: Catalogue['task']['question']): string {
  const allow = typeof data === 'object' && data !== null && 'allow' in data ? data.allow : null;
  const said = typeof allow === 'boolean' ? (allow ? words.allow : words.deny) : undefined;
  return [said, field(data, 'option'), field(data, 'text')].filter((part) => part !== undefined).join(' · ');
}
