import { expect, test } from 'vitest';
import { everyNth, roundUp } from './scale';

test('an axis ends at a round number that is not less', () => {
  expect([0, 0.03, 1, 3, 7, 12, 50, 51].map(roundUp)).toEqual([1, 0.05, 1, 5, 10, 20, 50, 100]);
});

test('words beneath a chart leave each other room', () => {
  expect([everyNth(5, 500, 50), everyNth(30, 500, 50), everyNth(0, 0, 50)]).toEqual([1, 3, 1]);
});
