/** What stands behind "?" is anybody's: what is not of the right shape is left out. */
export function text(value: unknown): string | undefined {
  const word = typeof value === 'number' ? String(value) : value;
  return typeof word === 'string' && word.trim() !== '' ? word.slice(0, 200) : undefined;
}

export function oneOf<Word extends string>(value: unknown, words: readonly Word[]): Word | undefined {
  return words.find((word) => word === value);
}

/** Some of the words; undefined where none is right, so that the address stays short. */
export function someOf<Word extends string>(value: unknown, words: readonly Word[]): Word[] | undefined {
  const given: unknown[] = Array.isArray(value) ? value : [value];
  const known = words.filter((word) => given.includes(word));
  return known.length > 0 ? known : undefined;
}

/** A day as in an address: 2026-03-01. */
export function day(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

/** Without what is undefined: `exactOptionalPropertyTypes` and the address want it so. */
export function given<Search extends object>(search: Search): { [Key in keyof Search]?: Exclude<Search[Key], undefined> } {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as { [Key in keyof Search]?: Exclude<Search[Key], undefined> };
}
