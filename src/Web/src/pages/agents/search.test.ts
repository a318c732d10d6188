import { expect, test } from 'vitest';
import { asQuery, readAgentSearch } from './search';

test('an address that somebody else wrote keeps what makes sense', () => {
  expect(readAgentSearch({ view: 'table', status: 'busy', post: 7, q: '  ' })).toEqual({ status: 'busy', post: '7' });
});

test('the API is asked in its own words, and not for how it is shown', () => {
  expect(asQuery({ view: 'board', post: 'p', label: 'team=web' })).toEqual({ post_id: 'p', label: ['team=web'] });
});
