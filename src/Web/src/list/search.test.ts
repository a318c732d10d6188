import { expect, test } from 'vitest';
import { readSaved, withSaved } from './savedFilters';
import { day, given, oneOf, someOf, text } from './search';

test('what is of the wrong shape is left out', () => {
  expect([text({}), text('  '), oneOf('x', ['a']), someOf(['x'], ['a']), day('2026-13-01'), day(3)]).toEqual(Array(6).fill(undefined));
});

test('a number in the address is text as well, and one word is a list of one', () => {
  expect([text(42), someOf('a', ['a', 'b']), day('2026-03-01')]).toEqual(['42', ['a'], '2026-03-01']);
});

test('what is not given does not stand in the address', () => {
  expect(given({ q: 'x', post: undefined })).toEqual({ q: 'x' });
});

test('of the same name the newer filter takes the place of the former', () => {
  expect(withSaved([{ name: 'mine', search: { q: 'a' } }], { name: 'mine', search: { q: 'b' } })).toEqual([{ name: 'mine', search: { q: 'b' } }]);
});

test('what somebody else wrote there is not believed', () => {
  expect([readSaved({ no: 'list' }), readSaved([{ name: 'x' }, { name: 'y', search: null }, 3])]).toEqual([[], []]);
});
