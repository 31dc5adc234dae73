import { z } from 'zod';
import { info } from '../../../session/drafts.ts';
import type { EventDraft, SessionEvent } from '../../../session/event.ts';

/*
 * What a game asks at its end. Where the player is in it follows from the events: each question says which answers are in.
 */

export interface ClosingQuestion {
  /** Stable; answers are kept under it. */
  readonly key: string;
  /** Markdown. */
  readonly text: string;
}

export const closingSchema = z.strictObject({
  /** The question that is open; `null` when none is. */
  asks: z.string().nullable(),
  answers: z.record(z.string(), z.string()),
});
export type Closing = z.infer<typeof closingSchema>;

export const NO_CLOSING: Closing = { asks: null, answers: {} };

const HOW_TO_LEAVE = 'Answer in your own words. `/back` takes you back into the scene.';

/** Asks a question, with the answers that are in so far. */
export const closingQuestion = (question: ClosingQuestion, answers: Closing['answers']): EventDraft =>
  info(`${question.text}\n\n${HOW_TO_LEAVE}`, { closing: { asks: question.key, answers } });

export const backInScene = (): EventDraft =>
  info('You are back in the scene. Go on playing; what you have answered is not kept.', {
    closing: NO_CLOSING,
  });

export const nothingAsked = (): EventDraft =>
  info('No question is open, so there is nothing to go back from. You are in the scene.');

/** `closing` after an event. */
export function evolveClosing(closing: Closing, event: SessionEvent): Closing {
  const told = event.data?.['closing'];
  return told === undefined ? closing : closingSchema.parse(told);
}
