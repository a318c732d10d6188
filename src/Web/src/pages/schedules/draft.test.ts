import { expect, test } from 'vitest';
import { blank, draftOf, requestOf } from './draft';
import type { ScheduleView } from './queries';

const stored: ScheduleView = {
  id: '1', name: 'nightly', owner: 'o', cron: '0 0 2 * * *', time_zone: 'Europe/Berlin', misfire_policy: 'all', overlap_policy: 'queue', jitter_seconds: 30,
  start_at: '2026-03-01T10:00:15.000Z', end_at: null, enabled: false, next_at: null, last_at: null, last_task_id: null, created_at: '', updated_at: '',
  task: {
    post_id: 'p', agent_id: 'a', prompt: 'tidy up', priority: 7, session_id: 's', retry: { backoff: 'fixed' } as never, artifacts: ['*.log'],
    requires: { capabilities: ['git'], labels: { os: 'linux' }, device: 'd' }, labels: { team: 'web' },
  },
};

test('what is opened and saved stays as it was, also what the form does not show', () => {
  const { name, cron, time_zone, misfire_policy, overlap_policy, jitter_seconds, start_at, end_at, enabled, task } = stored;
  expect(requestOf(draftOf(stored), stored)).toEqual({ name, cron, time_zone, misfire_policy, overlap_policy, jitter_seconds, start_at, end_at, enabled, task });
});

test('what is taken away in the form is away', () => {
  const draft = draftOf(stored);
  const changed = requestOf({ ...draft, from: '', jitter: '', task: { ...draft.task, post: undefined, labels: '', capabilities: '', priority: 'high' } }, stored);
  expect(changed).toMatchObject({ start_at: null, jitter_seconds: 0, task: { priority: 'high', requires: { labels: { os: 'linux' }, device: 'd' } } });
  expect(Object.keys(changed.task)).not.toContain('post_id');
  expect(Object.keys(changed.task)).not.toContain('labels');
  expect(changed.task.requires).not.toHaveProperty('capabilities');
});

test('a new one says no more than it has to', () => {
  expect(requestOf({ ...blank('UTC'), name: ' tea ', task: { ...blank('UTC').task, prompt: 'make tea' } }).task).toEqual({ prompt: 'make tea' });
});
