import type { SessionEvent } from './event.ts';

/** How long a session was played, and since when its clock runs. Its log alone says it, whatever game is played. */
export interface SessionClock {
  /** Milliseconds up to the last stop of the clock. */
  readonly playedMs: number;
  /** Epoch ms; `null` while the clock stands. */
  readonly runningSince: number | null;
}

export const UNPLAYED: SessionClock = { playedMs: 0, runningSince: null };

function stopped({ playedMs, runningSince }: SessionClock, at: number): SessionClock {
  return { playedMs: playedMs + Math.max(0, at - (runningSince ?? at)), runningSince: null };
}

function numberIn({ data }: SessionEvent, key: string): number | null {
  const value = data?.[key];
  return typeof value === 'number' ? value : null;
}

/** The clock after one more event; `lastAt` (epoch ms) is of the event before. */
export function evolveClock(clock: SessionClock, lastAt: number, event: SessionEvent): SessionClock {
  switch (event.kind) {
    case 'session_start':
      return { playedMs: clock.playedMs, runningSince: event.at };
    case 'session_paused':
    case 'session_held':
    case 'session_end':
      return stopped(clock, event.at);
    case 'session_resumed':
      return { ...stopped(clock, numberIn(event, 'idleSince') ?? event.at), runningSince: event.at };
    case 'branched': {
      const { playedMs } = stopped(clock, lastAt);
      return { playedMs: numberIn(event, 'playedMs') ?? playedMs, runningSince: null };
    }
    default:
      return { playedMs: clock.playedMs, runningSince: clock.runningSince };
  }
}
