import { expect, test } from 'vitest';
import { inOrder, may, roles, upTo } from './roles';

test('each role may what the one after it may, and only an admin has to do with people', () => {
  expect(roles.filter((role) => may(role, 'people'))).toEqual(['admin']);
  expect(roles.filter((role) => may(role, 'ownTasks'))).toEqual(['admin', 'operator', 'user']);
  expect(roles.every((role) => may(role, 'read'))).toBe(true);
});

test('roles stand in their order, and an unknown one is not lost', () => {
  expect(inOrder(['viewer', 'auditor', 'admin'])).toEqual(['admin', 'viewer', 'auditor']);
});

test('nobody gives away more than they have', () => {
  expect(upTo(['viewer', 'operator'])).toEqual(['operator', 'user', 'viewer']);
  expect(upTo([])).toEqual([]);
});
