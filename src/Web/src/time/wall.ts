import { wallIn } from './formatters';

/** What the clocks of a zone show at a moment, as fields for times have it: 2026-03-01T09:00:00. */
export function wallOf(at: number, zone: string): string {
  return wallIn(zone).format(at).replace(' ', 'T');
}

/** When the clocks of a zone show it. Of what they show twice it is the first time; what they skip is so much later. */
export function momentOf(wall: string, zone: string): number {
  const shown = Date.parse(`${wall}Z`);
  const [before = 0, after = 0] = [shown - day, shown + day].map((at) => aheadOf(at, zone));
  return [before, after].map((ahead) => shown - ahead).find((at) => at + aheadOf(at, zone) === shown) ?? shown - before;
}

const day = 86_400_000;

/** By how many milliseconds the clocks of a zone are ahead of UTC's. */
export function aheadOf(at: number, zone: string): number {
  return Date.parse(`${wallOf(at, zone)}Z`) - Math.floor(at / 1_000) * 1_000;
}
