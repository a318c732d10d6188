import { expect, test } from 'vitest';
import { lineOf, partsOf, readTemplate, stepsOf, trimmed } from './template';

test('what is left empty is not sent, and an empty variable is', () => {
  expect(trimmed({ role_prompt: '', runner: 'claude', provider: { name: '', model: null }, limits: { pids: 5, cpu: null }, environment: { A: '', ' ': 'x' }, skills: [] }))
    .toEqual({ runner: 'claude', limits: { pids: 5 }, environment: { A: '' } });
});

test('a command goes to words and back', () => {
  const words = ['/bin/sh', '-c', 'echo "two  words"', ''];
  expect(partsOf(lineOf(words))).toEqual(words);
});

test('a template is an object, nothing else', () => {
  expect([readTemplate('{"runner":"acp"}'), readTemplate('[]'), readTemplate('{')]).toEqual([{ runner: 'acp' }, undefined, undefined]);
});

test('steps rise from 1 to 100', () => {
  expect([stepsOf('10, 50 100'), stepsOf('50, 10'), stepsOf('0'), stepsOf('a'), stepsOf('')]).toEqual([[10, 50, 100], undefined, undefined, undefined, undefined]);
});
