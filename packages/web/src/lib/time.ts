const MINUTE = 60_000;

/** Minutes while there is plenty, seconds only when they matter: a clock that does not hurry anyone. */
export function timeLeftInWords(milliseconds: number): string {
  const left = Math.max(0, milliseconds);
  if (left > 2 * MINUTE) return `${Math.ceil(left / MINUTE)} min left`;
  const seconds = Math.ceil(left / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} left`;
}

/** How long until the text of `timeLeftInWords` changes. */
export function untilNextChange(milliseconds: number): number {
  const left = Math.max(0, milliseconds);
  const step = left > 2 * MINUTE ? MINUTE : 1000;
  const rest = left % step;
  return Math.max(50, rest === 0 ? step : rest);
}

/** The clock that runs on while a session is active, by the clock of whoever asks. */
export interface Measured {
  readonly runtimeMs: number;
  /** When it was measured, by the same clock as `now`. */
  readonly at: number;
  readonly running: boolean;
}

export function timeLeft(measured: Measured, maxRuntimeSeconds: number, now: number): number {
  const sinceThen = measured.running ? Math.max(0, now - measured.at) : 0;
  return Math.max(0, maxRuntimeSeconds * 1000 - measured.runtimeMs - sinceThen);
}

/** Time played, `0:42` or `1:05:09`. */
export function timeInWords(milliseconds: number): string {
  const seconds = Math.floor(Math.max(0, milliseconds) / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** `21 November 2026, 10:04` in UTC, so that server and browser write the same; the browser may refine it. */
export function dateInWords(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '';
  const text = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  }).format(date);
  return `${text.replace(' at ', ', ')} UTC`;
}
