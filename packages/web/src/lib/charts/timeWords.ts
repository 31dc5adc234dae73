const utc = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });

const day = utc({ day: 'numeric', month: 'short' });
const dayInFull = utc({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const clock = utc({ hour: '2-digit', minute: '2-digit' });
const clockInFull = utc({
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

const DAY_MS = 86_400_000;

/** `Sat, 21 Nov 2026`. Epoch ms; all of it in UTC, so that server and browser write the same. */
export const dayInWords = (time: number): string => dayInFull.format(time);

/** `21 Nov 2026, 14:00`. */
export const momentInWords = (time: number): string => clockInFull.format(time);

/** What stands below an axis: `14:00`, and `21 Nov` where a day begins. */
export const timeInShort = (time: number): string =>
  time % DAY_MS === 0 ? day.format(time) : clock.format(time);

/** Every day from the first to the last, as epoch ms of their beginnings; days as in `2026-11-21`. */
export function daysBetween(first: string, last: string): readonly number[] {
  const [from, to] = [Date.parse(first), Date.parse(last)];
  return Array.from({ length: Math.round((to - from) / DAY_MS) + 1 }, (_, index) => from + index * DAY_MS);
}
