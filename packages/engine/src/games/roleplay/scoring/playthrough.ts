import { z } from 'zod';
import type { TranscriptLine } from '../../../models/scene.ts';
import type { SessionEvent } from '../../../session/event.ts';
import { predictionVerdictSchema, predictionVerdictsIn } from './predictionVerdict.ts';

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

const exchangeSchema = saidSchema.extend({
  reply: z.string(),
  /** What was said of the prediction in its own turn. Left out until it is: what was played before stays as it was. */
  verdicts: z.array(predictionVerdictSchema).optional(),
});

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

/** What is played once `reply` answers what was said. */
export function withReply(played: Playthrough, reply: string): Playthrough {
  if (played.said === null) return played;
  const line = reply.slice(0, LONGEST_LINE).toWellFormed();
  const exchanges = [...played.exchanges, { ...played.said, reply: line }].slice(-MOST_SCORED_TURNS);
  return { ...played, exchanges, said: null };
}

function withVerdicts(played: Playthrough, event: SessionEvent): Playthrough {
  const verdicts = predictionVerdictsIn(event);
  const last = played.exchanges.at(-1);
  if (verdicts === null || last === undefined) return played;
  return { ...played, exchanges: [...played.exchanges.slice(0, -1), { ...last, verdicts }] };
}

/** Folds an event that belongs to the play; the caller leaves out answers to questions of the game. */
export function evolvePlaythrough(played: Playthrough, event: SessionEvent): Playthrough {
  if (event.kind === 'error') return { ...played, said: null };
  if (event.kind === 'fact') return withVerdicts(played, event);
  if (event.kind !== 'message') return played;
  if (event.direction === 'inbound') {
    const action = stringIn(event, 'action') ?? event.content;
    return { ...played, said: { action, prediction: stringIn(event, 'prediction') } };
  }
  if (event.data?.['opening'] !== true) return withReply(played, event.content);
  return { ...played, opening: event.content.slice(0, LONGEST_LINE).toWellFormed() };
}

/** As a scorer reads it, oldest first. */
export function transcriptOf({ opening, exchanges }: Playthrough): readonly TranscriptLine[] {
  const lines = exchanges.flatMap(({ action, reply }): TranscriptLine[] => [
    { speaker: 'player', text: action },
    { speaker: 'character', text: reply },
  ]);
  return opening === null ? lines : [{ speaker: 'character', text: opening }, ...lines];
}
