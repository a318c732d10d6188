import { expect, test } from 'vitest';
import { newPassword } from './password';

test('passwords are long enough, and each is another one', () => {
  const made = Array.from({ length: 200 }, newPassword);
  expect(made.every((password) => /^[A-HJ-NP-Za-km-z2-9]{20}$/.test(password))).toBe(true);
  expect(new Set(made).size).toBe(made.length);
});
