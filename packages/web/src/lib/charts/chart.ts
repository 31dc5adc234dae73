/* What a chart says, apart from how it is drawn: the drawing, the table behind it, the file and the summary all come from this. */

/** What the figures are and how they are written. No figure is below 0. */
export interface Unit {
  /** Such as `calls`: for axes and the heads of columns. */
  readonly name: string;
  /** Nothing lies between two whole numbers. */
  readonly isWhole: boolean;
  /** In full, as in tables. */
  readonly inWords: (value: number) => string;
  /** In six characters or fewer, as on axes. */
  readonly inShort: (value: number) => string;
}

export interface Series {
  readonly name: string;
  /** One for each key; `null` where nothing is known. */
  readonly values: readonly (number | null)[];
}

export interface Chart {
  readonly title: string;
  /** What is counted and what is not, for whoever asks. */
  readonly definition: string;
  readonly unit: Unit;
  /** What the keys are, such as `Model`. */
  readonly heading: string;
  /** What the figures are told of, in their order. */
  readonly keys: readonly string[];
  readonly series: readonly Series[];
}

/**
 * How the times of a chart are told: whole days, or moments, both in UTC and as epoch ms; or how much time has passed since
 * something began, in ms.
 */
export type Clock = 'days' | 'moments' | 'elapsed';

/** A chart along time. */
export interface TimeChart extends Chart {
  /** One for each key, ascending. */
  readonly times: readonly number[];
  readonly clock: Clock;
}

/** Nothing would be seen of it. */
export const isEmpty = ({ series }: Pick<Chart, 'series'>): boolean =>
  !series.some(({ values }) => values.some((value) => value !== null && value > 0));

const MOST_BARS = 16;

/** Bars for all its keys would be higher than a screen: it is given all the width that there is. */
export const isLong = ({ keys }: Pick<Chart, 'keys'>): boolean => keys.length > MOST_BARS;

/** What all series together come to, for each key. */
export const totalsOf = ({ keys, series }: Pick<Chart, 'keys' | 'series'>): readonly number[] =>
  keys.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));

/** The highest single figure; 0 where there is none. */
export const highestOf = ({ series }: Pick<Chart, 'series'>): number =>
  series.reduce(
    (most, { values }) => values.reduce<number>((high, value) => Math.max(high, value ?? 0), most),
    0,
  );
