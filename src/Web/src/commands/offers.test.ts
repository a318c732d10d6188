import { expect, test } from 'vitest';
import { en } from '../i18n/en';
import type { Command } from './commands';
import { fit, offers } from './offers';

const command = (label: string, more: Partial<Command> = {}): Command => ({ id: label, label, group: 'go', run: () => undefined, ...more });

test('every word has to be there, in capitals or not', () => {
  expect([fit('Go to tasks', 'TASK go'), fit('Go to tasks', 'inbox'), fit('Go to tasks', 'go')]).toEqual([1, 0, 2]);
});

test('deeds of this page stand before those of all pages, and what is quiet stands nowhere', () => {
  const all = offers(
    [command('Tasks'), command('Cancel the task', { group: 'page' }), command('Next task', { quiet: true })],
    [{ kind: 'devices', id: 'd1', label: 'task-box', hint: 'online', href: '/devices/d1' }],
    'task',
    en.commands,
  );
  expect(all.map(({ label }) => label)).toEqual(['Cancel the task', 'Tasks', 'task-box']);
});

test('what is not possible just now is not offered', () => {
  expect(offers([command('Retry', { when: () => false })], [], '', en.commands)).toEqual([]);
});
