import type { EventDraft, SessionEvent } from './event.ts';
import { lifecycle } from './lifecycle.ts';

/*
 * What those who run a session record in it. It is said and done beside the game: no turn comes of it, and no command
 * of a player is completed by it.
 */

/** In characters. */
export const MOST_ANNOUNCEMENT = 1_000;
/** In characters. */
export const MOST_HOLD_REASON = 500;

/** That those who run a session have stopped it: until they release it, its clock stands and nobody can act. */
export interface Hold {
  /** Epoch ms. */
  readonly since: number;
  /** What the players are told of it; may be empty. */
  readonly reason: string;
}

/** `playerId` is the account of whoever has written it; players do not learn of it. */
export const announcement = (playerId: string, text: string): EventDraft => ({
  direction: 'outbound',
  source: 'system',
  kind: 'announcement',
  format: 'text',
  content: text,
  seat: null,
  command: null,
  data: { playerId },
  audience: null,
});

export const sessionHeld = (playerId: string, reason: string): EventDraft =>
  lifecycle('session_held', `session_held: ${reason}`, { data: { playerId, reason } });

export const sessionReleased = (playerId: string): EventDraft =>
  lifecycle('session_released', 'session_released', { data: { playerId } });

/** Whether the session is held after one of these events. Held once more, it is so since the first time, for the latest reason. */
export function foldHold(held: Hold | undefined, { kind, at, data }: SessionEvent): Hold | undefined {
  if (kind === 'session_released') return undefined;
  if (kind !== 'session_held') return held;
  const reason = data?.['reason'];
  return { since: held?.since ?? at, reason: typeof reason === 'string' ? reason : '' };
}
