import type { TaskEvent } from './events';

interface OfBlock {
  key: string;
  attempt: number;
  at: string;
}

export interface Words extends OfBlock {
  kind: 'text' | 'thinking' | 'log';
  text: string;
}

export interface Tool extends OfBlock {
  kind: 'tool';
  name: string;
  status: string;
  input: unknown;
  output: unknown;
  endedAt: string | null;
}

export interface Note extends OfBlock {
  kind: 'state' | 'status' | 'question' | 'answer' | 'message';
  event: TaskEvent;
}

export type Block = Words | Tool | Note;

/** A piece of text is no longer than this: of what grows only the last piece is drawn anew. */
const longest = 6_000;

/** What happened as one reads it: crumbs of text in one, a tool with its result in one. */
export function transcript(events: readonly TaskEvent[]): Block[] {
  const blocks: Block[] = [];
  const tools = new Map<string, Tool>();
  for (const event of events) {
    const of = { key: String(event.number), attempt: event.attempt, at: event.at };
    switch (event.kind) {
      case 'text':
      case 'thinking':
      case 'log':
        say(blocks, { ...of, kind: event.kind, text: wordsOf(event.data) });
        break;
      case 'tool':
        takeTool(blocks, tools, event);
        break;
      case 'state':
      case 'status':
      case 'question':
      case 'answer':
      case 'message':
        blocks.push({ ...of, kind: event.kind, event });
        break;
    }
  }
  return blocks;
}

function say(blocks: Block[], words: Words): void {
  const last = blocks.at(-1);
  const isLine = words.kind === 'log';
  if (last?.kind === words.kind && last.attempt === words.attempt && last.text.length < longest) {
    blocks[blocks.length - 1] = { ...last, text: `${last.text}${isLine ? '\n' : ''}${words.text}` };
  } else {
    blocks.push(words);
  }
}

function takeTool(blocks: Block[], tools: Map<string, Tool>, { number, attempt, at, data }: TaskEvent): void {
  const id = field(data, 'id');
  const begun = tools.get(`${String(attempt)}:${id ?? ''}`);
  const status = field(data, 'status') ?? 'done';
  const tool: Tool = {
    key: begun?.key ?? String(number),
    attempt,
    at: begun?.at ?? at,
    kind: 'tool',
    name: field(data, 'title') ?? field(data, 'name') ?? begun?.name ?? wordsOf(data),
    status,
    input: fieldAt(data, 'input') ?? begun?.input,
    output: fieldAt(data, 'output') ?? begun?.output,
    endedAt: status === 'started' ? null : at,
  };
  const place = begun === undefined ? -1 : blocks.indexOf(begun);
  if (place >= 0) {
    blocks[place] = tool;
  } else {
    blocks.push(tool);
  }
  if (id !== undefined) {
    tools.set(`${String(attempt)}:${id}`, tool);
  }
}

/** What the model has used in all attempts: of each the last word counts. */
export function usageOf(events: readonly TaskEvent[]): { input: number; output: number; cost: number } | undefined {
  const byAttempt = new Map(events.filter(({ kind }) => kind === 'usage').map(({ attempt, data }) => [attempt, data]));
  const sum = (name: string) => [...byAttempt.values()].reduce<number>((all, data) => all + Number(fieldAt(data, name) ?? 0), 0);
  return byAttempt.size === 0 ? undefined : { input: sum('input_tokens'), output: sum('output_tokens'), cost: sum('cost_usd') };
}

export function percentOf(events: readonly TaskEvent[]): number | undefined {
  return events.findLast(({ percent }) => percent !== null)?.percent ?? undefined;
}

export function field(data: unknown, name: string): string | undefined {
  const value = fieldAt(data, name);
  return typeof value === 'string' ? value : undefined;
}

export function wordsOf(data: unknown): string {
  if (typeof data === 'string') {
    return data;
  }
  return field(data, 'text') ?? field(data, 'message') ?? field(data, 'state') ?? (data === null || data === undefined ? '' : JSON.stringify(data));
}

function fieldAt(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>)[name] ?? undefined : undefined;
}
