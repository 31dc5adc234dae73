import type { Problem } from '#lib/answered.ts';
import type { Answer } from '#lib/play/playLink.ts';

/** What becomes of words that were sent, once there is an answer. */
export interface Settled {
  /** Still unsent: to be sent again, as the same command. */
  readonly isPending: boolean;
  readonly problem: Problem | null;
  /** Whether they go back into the line, to be changed rather than typed again. */
  readonly isReturned: boolean;
}

/** Those who run the session have paused it; the page says so by itself. */
export const HELD = 'session/held';

interface Facts {
  readonly text: string;
  /** Whether the log has them. */
  readonly isRecorded: boolean;
  readonly hasEnded: boolean;
}

export function settle(answer: Answer, { text, isRecorded, hasEnded }: Facts): Settled {
  if (!answer.ok && answer.retryable) return { isPending: true, problem: answer, isReturned: false };
  // Nothing is wrong with it: it waits with the session, and goes out when that goes on.
  if (!answer.ok && answer.reason === HELD) return { isPending: true, problem: null, isReturned: false };
  // A command is quickly typed again, and nothing can be typed into a session that is over.
  const isWorthKeeping = !text.startsWith('/') && !hasEnded;
  if (answer.ok) return { isPending: false, problem: null, isReturned: !answer.accepted && isWorthKeeping };
  // Refused although it happened: it was sent twice, and the first time counted.
  if (isRecorded) return { isPending: false, problem: null, isReturned: false };
  return { isPending: false, problem: hasEnded ? null : answer, isReturned: isWorthKeeping };
}
