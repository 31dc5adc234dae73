import { z } from 'zod';
import type { EventDraft, SessionEvent } from './event.ts';
import type { SeatName, Viewer } from './seat.ts';

/*
 * What players think of the replies of characters. It is said beside the game: no turn comes of it, the clock does not
 * run for it, and it may still be said, and taken back, when the session is over.
 */

/** In characters, once what stands around it is trimmed. */
export const MOST_COMMENT = 500;

/** What somebody thinks of one reply. The flags say what is wrong with it, so that none is set where it is liked. */
export interface Feedback {
  readonly liked: boolean;
  readonly comment: string;
  readonly doesntMakeSense: boolean;
  readonly outOfCharacter: boolean;
  readonly other: boolean;
}

/** Feedback with the place of what it is about, who gave it, and when (epoch ms). */
export interface GivenFeedback extends Feedback {
  readonly replySeq: number;
  readonly playerId: string;
  readonly at: number;
}

const feedbackFields = {
  liked: z.boolean(),
  comment: z.string().trim().max(MOST_COMMENT, `Please use at most ${MOST_COMMENT} characters.`),
  doesntMakeSense: z.boolean(),
  outOfCharacter: z.boolean(),
  other: z.boolean(),
};

export const feedbackSchema: z.ZodType<Feedback> = z.strictObject(feedbackFields);

export const givenFeedbackSchema: z.ZodType<GivenFeedback> = z.strictObject({
  ...feedbackFields,
  replySeq: z.int().min(1),
  playerId: z.string(),
  at: z.number(),
});

/** What a feedback event holds. The reply is named by its place, which is the same in every branch. */
const feedbackDataSchema = z.strictObject({
  replySeq: z.int().min(1),
  playerId: z.string(),
  /** `null` takes back what was given before. */
  feedback: feedbackSchema.nullable(),
});

const NO_FLAG = { doesntMakeSense: false, outOfCharacter: false, other: false };

/** As it is kept: what is liked has no flags. */
export function settledFeedback(feedback: Feedback): Feedback {
  const comment = feedback.comment.trim();
  return { ...feedback, comment, ...(feedback.liked ? NO_FLAG : {}) };
}

/** Whether feedback can be given on it: what a character said or did, the scene that it set included. */
export function isReply({ direction, source, kind }: SessionEvent): boolean {
  return direction === 'outbound' && source === 'npc' && kind === 'message';
}

interface Giver {
  readonly playerId: string;
  /** The seat that the player holds now, if any. */
  readonly seat: SeatName | null;
}

/** `feedback` as it is to be kept, or `null` to take back what was given. */
export function feedbackEvent(
  { playerId, seat }: Giver,
  replySeq: number,
  feedback: Feedback | null,
): EventDraft {
  return {
    direction: 'internal',
    source: 'user',
    kind: 'feedback',
    format: 'json',
    content: '',
    seat,
    command: null,
    data: { replySeq, playerId, feedback: feedback === null ? null : { ...feedback } },
    // Nobody's who sits here now: whoever gave it sees it, in whatever seat (view.ts).
    audience: [],
  };
}

/** What a feedback event says. Throws for any other event. */
export function readFeedback({ data, at }: Pick<SessionEvent, 'data' | 'at'>): {
  readonly replySeq: number;
  readonly playerId: string;
  readonly given: GivenFeedback | null;
} {
  const { replySeq, playerId, feedback } = feedbackDataSchema.parse(data);
  return { replySeq, playerId, given: feedback === null ? null : { ...feedback, replySeq, playerId, at } };
}

/**
 * What is thought of the replies that count, after one more event of any kind. Everyone has one opinion of a reply: the
 * latest, which stands last. What a roll-back undoes takes with it what was thought of it; what was said later of what
 * still counts stays.
 */
export function foldFeedback(known: readonly GivenFeedback[], event: SessionEvent): readonly GivenFeedback[] {
  if (event.kind === 'rolled_back') {
    const toSeq = Number(event.data?.['toSeq']);
    return known.filter(({ replySeq }) => replySeq <= toSeq);
  }
  if (event.kind !== 'feedback') return known;
  const { replySeq, playerId, given } = readFeedback(event);
  const others = known.filter((one) => one.replySeq !== replySeq || one.playerId !== playerId);
  return given === null ? others : [...others, given];
}

/** What `viewer` may know of what was thought of a reply: its own feedback; those who see all, the latest of anybody's. */
export function feedbackFor(
  known: readonly GivenFeedback[],
  replySeq: number,
  viewer: Viewer,
): GivenFeedback | null {
  const isForViewer = (one: GivenFeedback): boolean => viewer.seesAll || one.playerId === viewer.playerId;
  return known.findLast((one) => one.replySeq === replySeq && isForViewer(one)) ?? null;
}
