import type { Unit } from '#lib/charts/chart.ts';
import { countInWords, dollarsInWords } from '#lib/figures.ts';

/** Not the British form, in which `m` may be a thousandth as well. */
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });

const cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 4 });

/** Things that are counted, by their name in the plural. */
export const countsOf = (name: string): Unit => ({
  name,
  isWhole: true,
  inWords: countInWords,
  inShort: (count) => compact.format(count),
});

export const DOLLARS: Unit = {
  name: 'US dollars',
  isWhole: false,
  inWords: dollarsInWords,
  inShort: (dollars) => `$${(Number.isInteger(dollars) || dollars >= 10 ? compact : cents).format(dollars)}`,
};
