import { expect, test } from 'vitest';
import { asQuery, fits, readAgentSearch } from './search';

test('an address that somebody else wrote keeps what makes sense', () => {
  expect(readAgentSearch({ view: 'table', status: 'busy', post: 7, q: '  ' })).toEqual({ status: 'busy', post: '7' });
});

test('the API is asked in its own words, and not for how it is shown', () => {
  expect(asQuery({ view: 'board', post: 'p', label: 'team=web' })).toEqual({ post_id: 'p', label: ['team=web'] });
});

test('all who are not offline can be asked for at once', () => {
  expect(asQuery({ status: 'here' })).toEqual({ online: true });
  expect(['busy', 'idle', 'online', 'offline'].filter((state) => fits(state, 'here'))).toEqual(['busy', 'idle', 'online']);
  expect(fits('offline', undefined)).toBe(true);
});
