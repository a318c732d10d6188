import { expect, test } from 'vitest';
import type { WorkFigures } from '../../reports/queries';
import { placesOf, unitOf } from './places';

const say = { day: (name: string) => name, hour: (at: number) => String(new Date(at).getHours()) };
const figures = (key: string) => ({ key, ended: 3 }) as WorkFigures;

test('a week has its seven days, also those in which nothing ended', () => {
  const span = { from: new Date(2026, 2, 25), to: new Date(2026, 3, 1), isOpen: false };
  const places = placesOf(span, [figures('2026-03-26')], say);
  expect(places.map(({ word, figures: there }) => [word, there?.ended])).toEqual([
    ['2026-03-25', undefined], ['2026-03-26', 3], ['2026-03-27', undefined], ['2026-03-28', undefined], ['2026-03-29', undefined], ['2026-03-30', undefined], ['2026-03-31', undefined],
  ]);
});

test('a day has its hours, found by the moment at which they begin, whatever the zone they are told in', () => {
  const span = { from: new Date(2026, 2, 25), to: new Date(2026, 2, 26), isOpen: false };
  const nine = new Date(2026, 2, 25, 9);
  const places = placesOf(span, [figures(nine.toISOString())], say);
  expect(places).toHaveLength(24);
  expect(places.flatMap(({ word, figures: there }) => (there === undefined ? [] : [word]))).toEqual(['9']);
});

test.each([[0.2, 1], [119, 1], [120, 60], [7_300, 3_600], [400_000, 86_400]])('%i seconds are shown in units of %i', (seconds, unit) => {
  expect(unitOf(seconds)).toBe(unit);
});
