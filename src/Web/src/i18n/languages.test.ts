import { describe, expect, test } from 'vitest';
import { en } from './en';
import { chooseLanguage } from './languages';
import { zh } from './zh';

/** The compiler holds the shape; here is what it cannot see: words that were left out or left in the other language. */
function leaves(node: object, path = ''): [string, unknown][] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? leaves(value, `${path}${key}.`) : [[path + key, value] as [string, unknown]],
  );
}

const say = (value: unknown): string =>
  typeof value === 'function' ? (value as (...values: unknown[]) => string)(2, 3) : String(value);

describe('the catalogues', () => {
  const english = leaves(en);
  const chinese = new Map(leaves(zh));

  test('have the same keys', () => {
    expect([...chinese.keys()].sort()).toEqual(english.map(([key]) => key).sort());
  });

  test('say everything in their own words', () => {
    // A name and a fraction read the same in both.
    const same = new Set(['shell.product', 'overview.replicasHealthy']);
    const blank = english.filter(([, value]) => say(value).trim() === '').map(([key]) => key);
    const foreign = [...chinese].filter(([key, value]) => !same.has(key) && !/\p{Script=Han}/u.test(say(value)));
    expect({ blank, foreign }).toEqual({ blank: [], foreign: [] });
  });

  test('use every value they are given', () => {
    const dropped = english.filter(([key, value]) => {
      const given = typeof value === 'function' ? ['2', '3'].slice(0, value.length) : [];
      return [say(value), say(chinese.get(key))].some((phrase) => !given.every((digit) => phrase.includes(digit)));
    });
    expect(dropped).toEqual([]);
  });
});

test.each([
  ['zh', ['en-US'], 'zh'],
  [null, ['zh-Hans-CN', 'en'], 'zh'],
  [null, ['de-DE', 'en-GB', 'zh'], 'en'],
  [null, ['de'], 'en'],
  ['toString', [], 'en'],
])('stored %s and wanted %s speaks %s', (stored, wanted, spoken) => {
  expect(chooseLanguage(stored, wanted)).toBe(spoken);
});
