import type { components } from '../api';

export type Measured = components['schemas']['MetricItem'];

export interface Frame {
  from: number;
  to: number;
  /** Seconds that an item stands for. */
  step: number;
  width: number;
  height: number;
  /** What the frame reaches up to, where that is known: a share reaches to 1. */
  top?: number | undefined;
}

export interface Point {
  x: number;
  y: number;
  item: Measured;
}

/** Points of a line, in as many pieces as there are stretches that were measured without a gap. */
export function chartOf(items: readonly Measured[], { from, to, step, width, height, top: given }: Frame): { lines: Point[][]; top: number } {
  const top = given ?? Math.max(...items.map(({ max }) => max), Number.MIN_VALUE);
  const lines: Point[][] = [];
  let before = -Infinity;
  for (const item of items) {
    const at = Date.parse(item.at);
    const point = { x: ((at - from) / (to - from)) * width, y: height - Math.min(1, item.avg / top) * height, item };
    if (at - before > step * 2_500) {
      lines.push([]);
    }
    lines.at(-1)?.push(point);
    before = at;
  }
  return { lines, top };
}

export function pathOf(line: readonly Point[]): string {
  return line.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
}

/** The one nearest to a place on the x axis. */
export function nearest(lines: readonly (readonly Point[])[], x: number): Point | undefined {
  return lines.flat().reduce<Point | undefined>((best, point) => (best === undefined || Math.abs(point.x - x) < Math.abs(best.x - x) ? point : best), undefined);
}
