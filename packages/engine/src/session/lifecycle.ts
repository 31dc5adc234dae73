import type { JsonObject } from '../json.ts';
import type { EventDraft, EventKind } from './event.ts';
import type { SeatName } from './seat.ts';

/* Constructors for the events that the session core itself records. */

interface LifecycleDetail {
  readonly seat?: SeatName;
  readonly data?: JsonObject;
}

export function lifecycle(kind: EventKind, content: string, detail: LifecycleDetail = {}): EventDraft {
  return {
    direction: 'internal',
    source: 'system',
    kind,
    format: 'text',
    content,
    seat: detail.seat ?? null,
    command: null,
    data: detail.data ?? null,
    audience: null,
  };
}

export const sessionStarted = (game: string): EventDraft =>
  lifecycle('session_start', `session_start: ${game}`);

/** `reason` is normalised (termination.ts). `playerId` is the account of whoever ended it without playing in it. */
export const sessionEnded = (reason: string, playerId: string | null = null): EventDraft =>
  lifecycle('session_end', `session_end: ${reason}`, {
    data: playerId === null ? { reason } : { reason, playerId },
  });

export const sessionPaused = (): EventDraft => lifecycle('session_paused', 'session_paused');

/**
 * `idleSince` (epoch ms) is set when the session was found running without anybody to run it, after a crash:
 * the time since then does not count as played.
 */
export const sessionResumed = (idleSince: number | null): EventDraft =>
  lifecycle('session_resumed', 'session_resumed', idleSince === null ? {} : { data: { idleSince } });

export const seatTaken = (seat: SeatName, playerId: string): EventDraft =>
  lifecycle('seat_taken', `seat_taken: ${seat}`, { seat, data: { playerId } });

export const seatReleased = (seat: SeatName): EventDraft =>
  lifecycle('seat_released', `seat_released: ${seat}`, { seat });

interface Branching {
  /** The last event that the branch shares with its parent. */
  readonly atSeq: number;
  /** Milliseconds that were played by then, where that is more than the events say. */
  readonly playedMs?: number;
}

/** The first event of a branch's own: nobody but its owner has come along, and its clock stands. */
export const branched = (seat: SeatName | null, playerId: string, branching: Branching): EventDraft =>
  lifecycle('branched', `branched: ${branching.atSeq}`, {
    ...(seat === null ? {} : { seat }),
    data: { ...branching, playerId },
  });

export const rolledBack = (seat: SeatName, toSeq: number): EventDraft =>
  lifecycle('rolled_back', `rolled_back: ${toSeq}`, { seat, data: { toSeq } });
