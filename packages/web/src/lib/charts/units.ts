import type { Unit } from '#lib/charts/chart.ts';
import { countInWords, dollarsInWords, percentInWords } from '#lib/figures.ts';

/** Not the British form, in which `m` may be a thousandth as well. */
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });

const upToOneDigit = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
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

/** Amounts of which there can be parts, such as means of what is counted, by their name in the plural. */
export const amountsOf = (name: string): Unit => ({
  name,
  isWhole: false,
  inWords: (amount) => upToOneDigit.format(amount),
  inShort: (amount) => compact.format(amount),
});

/** Of a whole; 100 is all of it. */
export const PERCENT: Unit = {
  name: 'percent',
  isWhole: false,
  inWords: percentInWords,
  inShort: percentInWords,
};
