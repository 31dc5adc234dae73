/** How far the page of models can look back, in hours. */
export const REPORT_TIMES = [
  { hours: 1, words: 'Last hour' },
  { hours: 24, words: 'Last 24 hours' },
  { hours: 24 * 7, words: 'Last 7 days' },
  { hours: 24 * 30, words: 'Last 30 days' },
  { hours: 24 * 90, words: 'Last 90 days' },
] as const;

const USUAL_HOURS = 24;

/** What an address asks for; the usual time where it asks for none that there is. */
export function reportHours(asked: string | null): number {
  return REPORT_TIMES.find(({ hours }) => String(hours) === asked)?.hours ?? USUAL_HOURS;
}
