import { expect, test } from 'vitest';
import { most, spanOf, stepped } from './reading';

test('of a long log the newest are there, and no more than there may be', () => {
  expect([spanOf(5_000, -1), spanOf(30, -1)]).toEqual([{ from: 5_000 - most, to: 5_000 }, { from: 0, to: 30 }]);
});

test('step by step up one comes to the beginning, and down again to the end', () => {
  let last = -1;
  let steps = 0;
  for (; spanOf(1_000, last).from > 0; steps++) {
    last = stepped(1_000, spanOf(1_000, last), 'up');
  }
  expect([spanOf(1_000, last), steps]).toEqual([{ from: 0, to: most }, 22]);
  while (last >= 0) {
    last = stepped(1_000, spanOf(1_000, last), 'down');
    expect(spanOf(1_000, last).to - spanOf(1_000, last).from).toBe(most);
  }
});

test('at the beginning a step up leads nowhere', () => {
  expect(spanOf(300, stepped(300, { from: 0, to: most }, 'up'))).toEqual({ from: 0, to: most });
});
