import { expect, test } from 'vitest';
import { manyAtOnce } from './manyAtOnce';

test('does all of them, never more than six at a time, and counts what failed', async () => {
  let running = 0;
  let most = 0;
  const items = Array.from({ length: 40 }, (_, index) => index);
  const done = await manyAtOnce(items, async (item) => {
    most = Math.max(most, ++running);
    await Promise.resolve();
    running--;
    if (item % 10 === 0) {
      throw new Error(String(item));
    }
  });
  expect(most).toBe(6);
  expect(done).toMatchObject({ done: 36, failed: 4, error: new Error('0') });
});
