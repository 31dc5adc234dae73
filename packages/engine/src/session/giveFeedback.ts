import { stopClockLeftRunning } from './clock.ts';
import { commit } from './commit.ts';
import type { CommandContext } from './commands.ts';
import { seqOf } from './event.ts';
import { failure } from './failure.ts';
import type { Failure } from './failure.ts';
import { feedbackEvent, isReply, settledFeedback } from './feedback.ts';
import type { Feedback } from './feedback.ts';
import type { SessionContext } from './liveSession.ts';
import { readLogAfter } from './readLog.ts';
import { seatOf } from './seat.ts';

const NOT_FOUND = failure(
  'feedback/not-found',
  'There is no such reply of a character in your session. Choose one that still counts.',
);

/** Of `null` nothing more is thought of the reply. */
export interface FeedbackOnReply {
  readonly eventId: string;
  readonly feedback: Feedback | null;
}

/**
 * Records what a player thinks of a reply: in a session that runs, stands still or is over, which stays as it is
 * otherwise. The player must hold a seat in it or have held one.
 */
export async function giveFeedback(
  context: CommandContext,
  { eventId, feedback }: FeedbackOnReply,
): Promise<Failure | null> {
  const { live, commandId, playerId } = context;
  const replySeq = seqOf(live.header.sessionId, eventId);
  if (replySeq === null || !live.state.playerIds.includes(playerId)) return NOT_FOUND;
  if (!(await isReplyThatCounts(context, replySeq))) return NOT_FOUND;
  await stopClockLeftRunning(context);
  const giver = { playerId, seat: seatOf(live.state.seats, playerId) };
  const draft = feedbackEvent(giver, replySeq, feedback === null ? null : settledFeedback(feedback));
  await commit(context, [draft], { commandId, receipt: { accepted: true } });
  return null;
}

/** A reply, which no roll-back has undone. */
async function isReplyThatCounts({ ports, live }: SessionContext, seq: number): Promise<boolean> {
  const [reply, ...later] = await readLogAfter(ports.log, live.header.sessionId, seq - 1);
  if (reply?.seq !== seq || !isReply(reply)) return false;
  return !later.some(({ kind, data }) => kind === 'rolled_back' && Number(data?.['toSeq']) < seq);
}
