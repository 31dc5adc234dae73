import { readFeedback } from '@dcs/engine';
import type { Feedback, SessionLog, SessionManager } from '@dcs/engine';
import type { FeedbackClearedDto, FeedbackReplyDto } from '../dto.ts';
import { ApiError, orThrow } from '../errors.ts';
import type { Principal } from './authorise.ts';
import { feedbackDto } from './feedbackDto.ts';
import type { SessionAccess } from './sessionAccess.ts';

export interface FeedbackServicePorts {
  readonly manager: Pick<SessionManager, 'giveFeedback'>;
  readonly log: Pick<SessionLog, 'read'>;
  readonly access: SessionAccess;
  readonly newId: () => string;
}

export interface FeedbackRequest {
  readonly sessionId: string;
  /** Of the reply. */
  readonly eventId: string;
  /** Without it, every call is a command of its own. */
  readonly commandId?: string | undefined;
}

/** What players think of the replies of characters. Each method throws `feedback/not-found` for what is no such reply. */
export interface FeedbackService {
  /** In the place of what the caller thought before. */
  set(principal: Principal | null, request: FeedbackRequest & Feedback): Promise<FeedbackReplyDto>;
  clear(principal: Principal | null, request: FeedbackRequest): Promise<FeedbackClearedDto>;
}

export function createFeedbackService(ports: FeedbackServicePorts): FeedbackService {
  const { manager, log, access, newId } = ports;

  /** What the event says that records the command. It is read from the log, so that a repetition gets the same answer. */
  async function give(principal: Principal | null, request: FeedbackRequest, feedback: Feedback | null) {
    const { sessionId, eventId, commandId = newId() } = request;
    const { principal: giver } = await access.admit(principal, 'session.read', sessionId);
    const { playerId } = giver;
    const { lastSeq } = orThrow(
      await manager.giveFeedback({ sessionId, playerId, commandId, eventId, feedback }),
    );
    const [event] = await log.read(sessionId, lastSeq - 1, 1);
    const said = event?.kind === 'feedback' ? readFeedback(event) : null;
    if (said === null || (said.given === null) !== (feedback === null)) {
      const message = 'This commandId belongs to another command already. Choose a fresh one.';
      throw new ApiError('feedback/command-reused', message);
    }
    return { given: said.given, about: { sessionId, eventId, lastSeq } };
  }

  return {
    set: async (principal, { liked, comment, doesntMakeSense, outOfCharacter, other, ...request }) => {
      const feedback = { liked, comment, doesntMakeSense, outOfCharacter, other };
      const { given, about } = await give(principal, request, feedback);
      if (given === null) throw new Error('Feedback that was given has not been recorded.');
      return { ...about, feedback: feedbackDto(given) };
    },
    clear: async (principal, request) => {
      const { about } = await give(principal, request, null);
      return { ...about, cleared: true };
    },
  };
}
