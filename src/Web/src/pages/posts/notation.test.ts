import { expect, test } from 'vitest';
import { json } from './notation';
import { yaml } from './yaml';

const template = { runner: 'claude', role_prompt: 'You review.\nBe kind: always.\n', tools: { Bash: 'ask', '*': 'deny' }, environment: { LANG: 'yes', N: '08', TOKEN: { secret: 'a: b' } }, limits: { cpu: 1.5 } };

test.each([['json', json], ['yaml', yaml]])('a template goes to %s and back as it was', (_, notation) => {
  expect(notation.read(notation.write(template))).toEqual({ template });
  expect(notation.read(notation.write({ role_prompt: '' }))).toEqual({ template: {} });
});

test('a long text stands in YAML as it is read', () => {
  expect(yaml.write({ role_prompt: 'One line.\nAnother.\n' })).toBe('role_prompt: |\n  One line.\n  Another.\n');
});

test('what is wrong with YAML is said with its place; what is no object is none', () => {
  expect(yaml.read('runner: claude\nlimits: [1').fault).toMatch(/line \d+, column \d+$/);
  expect([yaml.read('- a').fault, yaml.read('text').fault, json.read('[]').fault]).toEqual(['', '', '']);
  expect(yaml.read('')).toEqual({ template: {} });
});
