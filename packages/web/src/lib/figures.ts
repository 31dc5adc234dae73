/* Figures as people read them: aligned, with their unit, and never longer than they are certain. */

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** `12,345`. */
export const countInWords = (count: number): string => whole.format(count);

/** `$12.35`, and `$0.0042` where a call costs parts of a cent. */
export function dollarsInWords(dollars: number): string {
  const digits = dollars > 0 && dollars < 1 ? 4 : 2;
  return `$${dollars.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** Seconds with the digits that mean something: `0.42 s`, `12.3 s`. */
export function secondsInWords(ms: number): string {
  const seconds = ms / 1000;
  return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
}

/** A part of a whole in percent, from 0 to 100 and beyond; 0 of nothing. */
export const percentOf = (part: number, all: number): number => (all === 0 ? 0 : (100 * part) / all);

export const percentInWords = (percent: number): string =>
  `${percent > 0 && percent < 1 ? '< 1' : Math.round(percent)} %`;
