import { z } from 'zod';
import type { TranscriptLine } from '../../../models/scene.ts';
import type { SessionEvent } from '../../../session/event.ts';

/*
 * What a game is scored by: its opening and every accepted turn. Other than the transcript that a model is told in a
 * turn, it goes back to the beginning.
 */

/** Games that are scored last no longer than this, so that nothing is left out; it also bounds the state. */
export const MOST_SCORED_TURNS = 100;
/** Of a reply; a beat is far shorter. */
const LONGEST_LINE = 1200;

const saidSchema = z.strictObject({
  action: z.string(),
  /** What the player expected of the other, if it was said. */
  prediction: z.string().nullable(),
});

const exchangeSchema = saidSchema.extend({ reply: z.string() });
export type Exchange = z.infer<typeof exchangeSchema>;

export const playthroughSchema = z.strictObject({
  opening: z.string().nullable(),
  exchanges: z.array(exchangeSchema),
  /** Said and not answered yet. */
  said: saidSchema.nullable(),
});
export type Playthrough = z.infer<typeof playthroughSchema>;

export const NOTHING_PLAYED: Playthrough = { opening: null, exchanges: [], said: null };

const stringIn = (event: SessionEvent, key: string): string | null => {
  const value = event.data?.[key];
  return typeof value === 'string' ? value : null;
};

/** Folds an event that belongs to the play; the caller leaves out answers to questions of the game. */
export function evolvePlaythrough(played: Playthrough, event: SessionEvent): Playthrough {
  if (event.kind === 'error') return { ...played, said: null };
  if (event.kind !== 'message') return played;
  if (event.direction === 'inbound') {
    const action = stringIn(event, 'action') ?? event.content;
    return { ...played, said: { action, prediction: stringIn(event, 'prediction') } };
  }
  const reply = event.content.slice(0, LONGEST_LINE).toWellFormed();
  if (event.data?.['opening'] === true) return { ...played, opening: reply };
  if (played.said === null) return played;
  const exchanges = [...played.exchanges, { ...played.said, reply }].slice(-MOST_SCORED_TURNS);
  return { ...played, exchanges, said: null };
}

/** As a scorer reads it, oldest first. */
export function transcriptOf({ opening, exchanges }: Playthrough): readonly TranscriptLine[] {
  const lines = exchanges.flatMap(({ action, reply }): TranscriptLine[] => [
    { speaker: 'player', text: action },
    { speaker: 'character', text: reply },
  ]);
  return opening === null ? lines : [{ speaker: 'character', text: opening }, ...lines];
}
