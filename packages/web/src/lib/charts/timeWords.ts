import type { Clock } from '#lib/charts/chart.ts';

const utc = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });

const day = utc({ day: 'numeric', month: 'short' });
const dayInFull = utc({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const timeOfDay = utc({ hour: '2-digit', minute: '2-digit' });
const clockInFull = utc({
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** `Sat, 21 Nov 2026`. Epoch ms; all of it in UTC, so that server and browser write the same. */
export const dayInWords = (time: number): string => dayInFull.format(time);

/** `21 Nov 2026, 14:00`. */
export const momentInWords = (time: number): string => clockInFull.format(time);

/** What stands below an axis: `14:00`, and `21 Nov` where a day begins; of time that has passed, `6 h`. */
export function timeInShort(time: number, clock: Clock): string {
  if (clock === 'elapsed') return `${Number((time / HOUR_MS).toFixed(2))} h`;
  return time % DAY_MS === 0 ? day.format(time) : timeOfDay.format(time);
}

/** Every day from the first to the last, as epoch ms of their beginnings; days as in `2026-11-21`. */
export function daysBetween(first: string, last: string): readonly number[] {
  const [from, to] = [Date.parse(first), Date.parse(last)];
  return Array.from({ length: Math.round((to - from) / DAY_MS) + 1 }, (_, index) => from + index * DAY_MS);
}
