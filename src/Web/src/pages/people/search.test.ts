import { expect, test } from 'vitest';
import { readPeopleSearch, viewFor } from './search';

test('an address that somebody else wrote keeps what makes sense', () => {
  expect(readPeopleSearch({ view: 'secrets', q: ' ', make: 'yes' })).toEqual({});
  expect(readPeopleSearch({ view: 'keys', make: true })).toEqual({ view: 'keys', make: true });
});

test('who is no admin comes to their keys, whatever the address asks for', () => {
  expect([viewFor(undefined, true), viewFor(undefined, false), viewFor('people', false), viewFor('roles', false)]).toEqual(['people', 'keys', 'keys', 'roles']);
});
