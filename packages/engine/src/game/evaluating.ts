import type { JsonObject } from '../json.ts';
import type { SessionEvent } from '../session/event.ts';
import type { SessionHeader } from '../session/session.ts';
import type { Ask } from './ask.ts';

/** A session that is over, as whoever evaluates it needs it. */
export interface EndedSession<State> {
  readonly state: State;
  /** The whole log. */
  readonly events: readonly SessionEvent[];
}

/** What an evaluation came to: data of the game's own form, or why no model gave a usable answer, e.g. `model/timeout`. */
export type Evaluated =
  { readonly ok: true; readonly score: JsonObject } | { readonly ok: false; readonly reason: string };

/** How a game has sessions evaluated that are over. */
export interface Evaluating<State> {
  /** Of the prompts and the computing behind it; raised with any change of them. */
  readonly promptVersion: string;
  /** Whether those who played may be told. The only place where that is decided; admins are told in any case. */
  isShown(session: Pick<SessionHeader, 'config' | 'experimentId'>): boolean;
  /** The score in an event of play, if no scorer could add to it: an evaluation that needs no other. */
  settledScore(event: SessionEvent): JsonObject | null;
  /** Rejects only for a fault of the program, or when it is cancelled. */
  evaluate(ended: EndedSession<State>, tools: { readonly ask: Ask }): Promise<Evaluated>;
}
