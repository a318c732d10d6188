import { Check, LoaderCircle, Wrench, X } from 'lucide-react';
import { useText } from '../../../i18n/TextProvider';
import { Took } from '../../../time/Took';
import classes from './Transcript.module.css';
import type { Tool } from './transcript';

/** A tool in one line; what it was given and what came of it, folded. */
export function ToolView({ tool }: { tool: Tool }) {
  const { output: words } = useText().task;
  const Icon = tool.status === 'started' ? LoaderCircle : tool.status === 'failed' ? X : Check;
  return (
    <details className={classes.fold}>
      <summary data-tone={tool.status === 'failed' ? 'bad' : tool.status === 'started' ? 'going' : 'good'}>
        <Wrench size={13} aria-hidden="true" />
        <span className={classes.tool}>{tool.name}</span>
        <span className={classes.gist}>{gist(tool.input)}</span>
        <Icon size={13} className={classes.mark} aria-label={tool.status === 'failed' ? words.failed : tool.status === 'started' ? words.working : undefined} />
        {tool.endedAt !== null && <Took from={tool.at} to={tool.endedAt} />}
      </summary>
      {tool.input !== undefined && (
        <>
          <h3>{words.input}</h3>
          <pre>{shown(tool.input)}</pre>
        </>
      )}
      {tool.output !== undefined && (
        <>
          <h3>{words.result}</h3>
          <pre>{shown(tool.output)}</pre>
        </>
      )}
    </details>
  );
}

/** The first thing that it was given: a command, a path, a query. */
function gist(input: unknown): string {
  const first: unknown = typeof input === 'object' && input !== null ? Object.values(input)[0] : input;
  return typeof first === 'string' ? (first.split('\n')[0] ?? '') : '';
}

export function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
