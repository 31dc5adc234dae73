import type { Step } from '#lib/replay/step.ts';

/** Multiples of a comfortable reading pace, or the pauses that there really were. */
export const SPEEDS = [0.5, 1, 2, 4, 16, 'asPlayed'] as const;
export type Speed = (typeof SPEEDS)[number];

/** Slower than silent reading, so that there is time to look at the state as well. */
const READING = { leastMs: 900, perCharacterMs: 40, mostMs: 12_000 };
/** What leaves no words is passed over quickly. */
const QUIET_MS = 600;
/** Nobody waits through the night that somebody slept between two lines. */
const LONGEST_PAUSE_MS = 4_000;
/** Faster than this nobody sees a thing. */
const SHORTEST_MS = 50;

function readingMs({ event }: Step): number {
  if (event.content === '' || event.direction === 'internal') return QUIET_MS;
  const { leastMs, perCharacterMs, mostMs } = READING;
  return Math.min(mostMs, leastMs + perCharacterMs * event.content.length);
}

/** How long a replay stays on a step before it goes to the next. */
export function dwellMs(step: Step, next: Step, speed: Speed): number {
  if (speed !== 'asPlayed') return Math.max(SHORTEST_MS, readingMs(step) / speed);
  const pause = Date.parse(next.event.at) - Date.parse(step.event.at);
  return Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_MS, pause || 0));
}

/** The next speed up or down; at the ends it stays. */
export function otherSpeed(speed: Speed, direction: 1 | -1): Speed {
  return SPEEDS[SPEEDS.indexOf(speed) + direction] ?? speed;
}

export function speedInWords(speed: Speed): string {
  return speed === 'asPlayed' ? 'As played' : `${speed}×`;
}
