import { eventIdOf, foldFeedback } from '@dcs/engine';
import type { GivenFeedback, SessionLog, SessionStore } from '@dcs/engine';
import type { ExportedFeedbackDto } from '../playerDto.ts';
import { feedbackDto } from './feedbackDto.ts';
import { ownSessions } from './ownSessions.ts';

export interface ExportedFeedbackPorts {
  readonly sessions: Pick<SessionStore, 'listByPlayer'>;
  readonly log: Pick<SessionLog, 'read'>;
}

const LOG_PAGE = 500;

/** All feedback that a player has given and that still counts, read from the logs of the sessions that know the player. */
export async function exportedFeedback(
  ports: ExportedFeedbackPorts,
  playerId: string,
): Promise<readonly ExportedFeedbackDto[]> {
  const exported: ExportedFeedbackDto[] = [];
  for await (const { header } of ownSessions(ports.sessions, playerId)) {
    const { sessionId } = header;
    const given = await feedbackIn(ports, sessionId);
    const own = given.filter((one) => one.playerId === playerId);
    exported.push(
      ...own.map((one) => ({
        sessionId,
        eventId: eventIdOf(sessionId, one.replySeq),
        ...feedbackDto(one),
      })),
    );
  }
  return exported;
}

async function feedbackIn(
  { log }: ExportedFeedbackPorts,
  sessionId: string,
): Promise<readonly GivenFeedback[]> {
  let given: readonly GivenFeedback[] = [];
  for (let lastSeq = 0; ;) {
    const page = await log.read(sessionId, lastSeq, LOG_PAGE);
    given = page.reduce(foldFeedback, given);
    if (page.length < LOG_PAGE) return given;
    lastSeq = page.at(-1)?.seq ?? lastSeq;
  }
}
