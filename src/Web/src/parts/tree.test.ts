import { expect, test } from 'vitest';
import { leaves, written } from './tree';

test('each value of a tree stands by its path, and what is empty is a value', () => {
  expect(leaves({ limits: { pids: 5 }, tools: { '*': 'ask' }, skills: [], working: {} })).toEqual([
    ['limits.pids', 5],
    ['tools["*"]', 'ask'],
    ['skills', []],
    ['working', {}],
  ]);
});

test('words are written as they are, the rest as JSON', () => {
  expect([written('a "b"'), written(3), written(['x'])]).toEqual(['a "b"', '3', '["x"]']);
});
