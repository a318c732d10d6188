import type { components } from '../../api';
import { given } from '../../list/search';
import { momentOf, wallOf } from '../../time/wall';
import { zone as ownZone } from '../../time/zone';
import { blank as blankTask, like, requestOf as taskOf, type Draft as TaskDraft } from '../tasks/submit/form';
import type { Clock, ScheduleView } from './queries';

export type Template = components['schemas']['SubmitTaskRequest'];

export interface Draft {
  name: string;
  cron: string;
  zone: string;
  misfire: string;
  overlap: string;
  jitter: string;
  /** As a field for times has them: in the reader's own zone. */
  from: string;
  until: string;
  task: TaskDraft;
}

export function blank(zone: string): Draft {
  return { name: '', cron: '0 0 9 * * MON-FRI', zone, misfire: 'once', overlap: 'allow', jitter: '', from: '', until: '', task: blankTask };
}

export function draftOf(schedule: ScheduleView): Draft {
  return {
    name: schedule.name,
    cron: schedule.cron,
    zone: schedule.time_zone,
    misfire: schedule.misfire_policy,
    overlap: schedule.overlap_policy,
    jitter: schedule.jitter_seconds === 0 ? '' : String(schedule.jitter_seconds),
    from: fieldTime(schedule.start_at),
    until: fieldTime(schedule.end_at),
    task: taskDraftOf(schedule.task),
  };
}

/** What a schedule is to be. What this form knows nothing of stays as it is stored. */
export function requestOf(draft: Draft, stored?: ScheduleView): components['schemas']['ScheduleRequest'] {
  return {
    ...clockOf(draft),
    name: draft.name.trim(),
    misfire_policy: draft.misfire,
    overlap_policy: draft.overlap,
    jitter_seconds: Number(draft.jitter),
    task: templateOf(draft.task, stored?.task),
    ...(stored && { enabled: stored.enabled }),
  };
}

export function clockOf({ cron, zone, from, until }: Draft): Clock {
  return { cron: cron.trim(), time_zone: zone, start_at: momentIn(from), end_at: momentIn(until) };
}

/** What the form says all of; it is not there where the form leaves it blank. */
const said: ReadonlySet<string> = new Set(['post_id', 'agent_id', 'prompt', 'type', 'priority', 'labels', 'timeout', 'max_attempts', 'input', 'requires']);

function templateOf(draft: TaskDraft, stored: Template = {}): Template {
  const wanted = taskOf(draft);
  const others = Object.entries(stored).filter(([name, value]) => !said.has(name) && value !== null);
  const requires = given({ capabilities: wanted.requires?.capabilities ?? undefined, labels: stored.requires?.labels ?? undefined, device: stored.requires?.device ?? undefined });
  return given({
    ...Object.fromEntries(others),
    ...wanted,
    // A priority between the names is kept as long as nobody chooses another.
    ...(draft.priority === taskDraftOf(stored).priority && { priority: stored.priority ?? undefined }),
    requires: Object.keys(requires).length === 0 ? undefined : requires,
  });
}

function taskDraftOf(task: Template): TaskDraft {
  const draft = like({
    post_id: task.post_id ?? null,
    agent_id: task.agent_id ?? null,
    prompt: task.prompt ?? null,
    priority: typeof task.priority === 'number' ? task.priority : 0,
    type: task.type ?? '',
    labels: task.labels ?? {},
    requires: task.requires ?? null,
    timeout: task.timeout ?? null,
    max_attempts: task.max_attempts ?? null,
    input: task.input ?? null,
  });
  return { ...draft, agent: task.agent_id ?? undefined };
}

/** The seconds stand only where there are any. */
function fieldTime(at: string | null): string {
  return at === null ? '' : wallOf(Date.parse(at), ownZone()).replace(/:00$/, '');
}

function momentIn(field: string): string | null {
  return field === '' ? null : new Date(momentOf(field, ownZone())).toISOString();
}
