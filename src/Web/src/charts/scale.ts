/** The next round number above: 1, 2 or 5 times a power of ten. */
export function roundUp(value: number): number {
  if (value <= 0) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= value * (1 - 1e-9)) ?? 10;
  return step * power;
}

/** Every how many-th of the words beneath a chart is written, so that they do not run into each other. */
export function everyNth(count: number, width: number, wordWidth: number): number {
  return Math.max(1, Math.ceil((count * wordWidth) / Math.max(1, width)));
}
