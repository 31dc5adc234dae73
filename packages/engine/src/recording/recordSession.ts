import type { CharacterSheet } from '../characters/character.schema.ts';
import type { Game } from '../game/game.ts';
import type { SessionEvent } from '../session/event.ts';
import { foldOf } from '../session/prepareFold.ts';
import type { SeatName } from '../session/seat.ts';
import type { SessionHeader } from '../session/session.ts';
import { stepsOf } from '../session/state.ts';
import { changeBetween, leavesOf } from './leaves.ts';
import { pictureOf } from './picture.ts';
import { recordingSchema } from './recording.schema.ts';
import type { Recording } from './recording.schema.ts';

export interface SessionToRecord {
  readonly game: Game;
  readonly header: SessionHeader;
  /** Of the cast, by seat. */
  readonly sheets: Readonly<Record<SeatName, CharacterSheet>>;
  /** The whole log. */
  readonly events: readonly SessionEvent[];
}

/** Folds a session and keeps what it saw. Throws when the session is larger than a recording may be, or cannot be folded. */
export function recordSession(
  { game, header, sheets, events }: SessionToRecord,
  title: Pick<Recording, 'name' | 'about' | 'engineVersion'>,
): Recording {
  const fold = foldOf(game, header, sheets);
  let seen = leavesOf(pictureOf(fold, fold.start, null));
  const start = changeBetween(new Map(), seen);
  const steps = [...stepsOf(fold, events)].map(({ event, state }) => {
    const now = leavesOf(pictureOf(fold, state, event));
    const change = changeBetween(seen, now);
    seen = now;
    return { event, change };
  });
  return recordingSchema.parse({ recordingVersion: 1, ...title, header, sheets, start, steps });
}

/** A recording as its file. */
export function recordingText(recording: Recording): string {
  return `${JSON.stringify(recording, null, 2)}\n`;
}
