import { nice, ticks } from 'd3-array';
import { utcTicks } from 'd3-time';
import type { TimeChart, Unit } from '#lib/charts/chart.ts';
import { HOUR_MS } from '#lib/charts/timeWords.ts';

/* Places are in percent of the drawing, so that the server can draw it for a screen of any size. */

const VALUE_TICKS = 4;
/** As many labels as stand beside each other on a phone. */
const TIME_TICKS = 4;

export interface ValueScale {
  readonly ticks: readonly number[];
  /** Percent from the floor. */
  readonly at: (value: number) => number;
}

/** From 0 to the next round number, which is the same for all figures near `highest`: the axis does not jump as they grow. */
export function valueScale(highest: number, { isWhole }: Pick<Unit, 'isWhole'>): ValueScale {
  const [, top] = highest > 0 ? nice(0, highest, VALUE_TICKS) : [0, 1];
  return {
    ticks: ticks(0, top, VALUE_TICKS).filter((tick) => !isWhole || Number.isInteger(tick)),
    at: (value) => (100 * value) / top,
  };
}

export interface TimeScale {
  readonly ticks: readonly number[];
  /** Percent from the left. */
  readonly at: (time: number) => number;
}

/** From the first to the last time; one moment alone stands in the middle. */
export function timeScale({ times, clock }: Pick<TimeChart, 'times' | 'clock'>): TimeScale {
  const [first = 0, last = first] = [times[0], times.at(-1)];
  if (first === last) return { ticks: [first], at: () => 50 };
  return {
    ticks:
      clock === 'elapsed'
        ? hourTicks(first, last)
        : utcTicks(new Date(first), new Date(last), TIME_TICKS).map(Number),
    at: (time) => (100 * (time - first)) / (last - first),
  };
}

const hourTicks = (first: number, last: number): readonly number[] =>
  ticks(first / HOUR_MS, last / HOUR_MS, TIME_TICKS).map((hours) => hours * HOUR_MS);

export interface Band {
  /** Percent from the left. */
  readonly start: number;
  readonly middle: number;
  readonly width: number;
}

const MOST_BAND = 12;
const BAND_SHARE = 0.8;

/** Columns side by side. A few of them do not become walls. */
export function bandsOf(count: number): readonly Band[] {
  const step = 100 / count;
  const width = Math.min(MOST_BAND, step * BAND_SHARE);
  return Array.from({ length: count }, (_, index) => {
    const middle = step * (index + 0.5);
    return { start: middle - width / 2, middle, width };
  });
}

const MOST_LABELS = 4;

/** Which of `count` columns have a label: evenly spaced, and the last one always. */
export function labelled(count: number): readonly number[] {
  const step = Math.ceil(count / MOST_LABELS);
  return Array.from({ length: count }, (_, index) => index).filter(
    (index) => (count - 1 - index) % step === 0,
  );
}
