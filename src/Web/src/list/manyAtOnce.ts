const together = 6;

/** Does the same to many, a few at a time; says how many went well, and of those that did not the first reason. */
export async function manyAtOnce<Item>(items: readonly Item[], deed: (item: Item) => Promise<unknown>): Promise<{ done: number; failed: number; error?: unknown }> {
  const waiting = [...items];
  const failures: unknown[] = [];
  const work = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        await deed(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: together }, work));
  return { done: items.length - failures.length, failed: failures.length, ...(failures.length > 0 && { error: failures[0] }) };
}
