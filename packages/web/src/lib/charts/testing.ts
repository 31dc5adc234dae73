import type { Chart, TimeChart } from '#lib/charts/chart.ts';
import { daysBetween, dayInWords } from '#lib/charts/timeWords.ts';
import { countsOf } from '#lib/charts/units.ts';

/** Sessions of two games by who has played them. */
export const sessionsByGame: Chart = {
  title: 'Sessions by game',
  definition: 'Sessions that are over.',
  unit: countsOf('sessions'),
  heading: 'Game',
  keys: ['Explore', 'Foresight'],
  series: [
    { name: 'People', values: [1200, 30] },
    { name: 'Bots', values: [null, 7] },
  ],
};

/** The days from 21 November 2026 on, with a figure for each. */
export function byDay(...values: readonly (number | null)[]): TimeChart {
  const last = new Date(Date.UTC(2026, 10, 20 + values.length)).toISOString().slice(0, 10);
  const times = daysBetween('2026-11-21', last);
  return {
    title: 'Calls by day',
    definition: 'All calls.',
    unit: countsOf('calls'),
    heading: 'Day, UTC',
    keys: times.map(dayInWords),
    times,
    clock: 'days',
    series: [{ name: 'Calls', values }],
  };
}
