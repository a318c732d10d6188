import type { components } from '../../../api';
import { momentOf } from '../../../time/wall';
import { zone } from '../../../time/zone';
import type { TaskView } from '../queries';

export const priorities = ['urgent', 'high', 'normal', 'low'] as const;

export interface Draft {
  post: string | undefined;
  agent: string | undefined;
  prompt: string;
  priority: string;
  type: string;
  labels: string;
  capabilities: string;
  dependsOn: string;
  notBefore: string;
  timeout: string;
  attempts: string;
  input: string;
}

export const blank: Draft = {
  post: undefined, agent: undefined, prompt: '', priority: 'normal', type: '', labels: '', capabilities: '', dependsOn: '', notBefore: '', timeout: '', attempts: '', input: '',
};

/** What can be seen to be wrong before it is sent. The rest the API says, field by field. */
export function faultsOf(draft: Draft): { labels: boolean; input: boolean } {
  return { labels: lines(draft.labels).some((line) => !/^[^=\s][^=]*=/.test(line)), input: draft.input.trim() !== '' && parsed(draft.input) === undefined };
}

export function requestOf(draft: Draft): components['schemas']['SubmitTaskRequest'] {
  const labels = lines(draft.labels).map((line): [string, string] => [line.slice(0, line.indexOf('=')).trim(), line.slice(line.indexOf('=') + 1).trim()]);
  const capabilities = draft.capabilities.split(/[,，\n]/).map((word) => word.trim()).filter((word) => word !== '');
  const dependsOn = lines(draft.dependsOn);
  return {
    ...(draft.post !== undefined && { post_id: draft.post }),
    ...(draft.agent !== undefined && { agent_id: draft.agent }),
    ...(draft.prompt.trim() !== '' && { prompt: draft.prompt }),
    ...(draft.type.trim() !== '' && { type: draft.type.trim() }),
    ...(draft.priority !== 'normal' && { priority: draft.priority }),
    ...(labels.length > 0 && { labels: Object.fromEntries(labels) }),
    ...(capabilities.length > 0 && { requires: { capabilities, labels: null, device: null } }),
    ...(dependsOn.length > 0 && { depends_on: dependsOn }),
    ...(draft.notBefore !== '' && { not_before: new Date(momentOf(draft.notBefore, zone())).toISOString() }),
    ...(draft.timeout !== '' && { timeout: Number(draft.timeout) }),
    ...(draft.attempts !== '' && { max_attempts: Number(draft.attempts) }),
    ...(draft.input.trim() !== '' && { input: parsed(draft.input) }),
  };
}

type Model = Pick<TaskView, 'post_id' | 'agent_id' | 'prompt' | 'priority' | 'type' | 'labels' | 'requires' | 'timeout' | 'input'> & { max_attempts: number | null };

/** A draft of one like a task that there was. */
export function like(task: Model): Draft {
  return {
    ...blank,
    post: task.post_id ?? undefined,
    // Who had it was chosen by the server where a post was asked for.
    agent: task.post_id === null ? (task.agent_id ?? undefined) : undefined,
    prompt: task.prompt ?? '',
    priority: { 20: 'urgent', 10: 'high', [-10]: 'low' }[task.priority] ?? 'normal',
    type: task.type,
    labels: Object.entries(task.labels).map(([name, value]) => `${name}=${value}`).join('\n'),
    capabilities: task.requires?.capabilities?.join(', ') ?? '',
    timeout: task.timeout === null ? '' : String(task.timeout),
    attempts: task.max_attempts === null ? '' : String(task.max_attempts),
    input: task.input === null ? '' : JSON.stringify(task.input, null, 2),
  };
}

function lines(text: string): string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
