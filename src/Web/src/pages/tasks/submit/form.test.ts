import { expect, test } from 'vitest';
import { blank, faultsOf, requestOf } from './form';

test('what is left blank is left to the server', () => {
  expect(requestOf({ ...blank, prompt: 'say hello' })).toEqual({ prompt: 'say hello' });
});

test('lines become labels, words capabilities, and JSON the input', () => {
  expect(requestOf({ ...blank, labels: 'team=web\n\nrule=a=b', capabilities: 'git, node，', dependsOn: ' a \nb', input: '{"n":1}', timeout: '60', priority: 'high' })).toEqual({
    labels: { team: 'web', rule: 'a=b' },
    requires: { capabilities: ['git', 'node'], labels: null, device: null },
    depends_on: ['a', 'b'],
    input: { n: 1 },
    timeout: 60,
    priority: 'high',
  });
});

test('what is no label and no JSON is seen before it is sent', () => {
  expect([faultsOf({ ...blank, labels: 'team' }), faultsOf({ ...blank, input: '{' }), faultsOf(blank)]).toEqual([
    { labels: true, input: false },
    { labels: false, input: true },
    { labels: false, input: false },
  ]);
});
