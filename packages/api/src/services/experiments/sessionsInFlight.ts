import type { Assignment, ExperimentMoment, SessionManager, SessionRecord } from '@dcs/engine';
import type { SessionInFlightDto } from '../../experimentAdminDto.ts';
import { isoTime } from '../../isoTime.ts';
import type { SessionCatalogue } from '../../store/ports.ts';

export interface SessionsInFlightPorts {
  readonly sessions: Pick<SessionCatalogue, 'getAll'>;
  readonly manager: Pick<SessionManager, 'presentInMemory'>;
}

/** As many as somebody can watch. */
export const MOST_IN_FLIGHT = 50;

/** A session that is played for an assignment now. */
export interface Playing {
  readonly assignment: Assignment;
  readonly sessionId: string;
  readonly startedAt: number;
}

/** The latest first. */
export function playingIn({ state }: Pick<ExperimentMoment, 'state'>): readonly Playing[] {
  return [...state.assignments.values()]
    .flatMap((assignment): Playing[] => {
      const last = assignment.attempts.at(-1);
      if (assignment.status !== 'in_progress' || last === undefined) return [];
      return [{ assignment, sessionId: last.sessionId, startedAt: last.startedAt }];
    })
    .toSorted((left, right) => right.startedAt - left.startedAt);
}

/** What is known of sessions that are played, by default of the latest; one query, however many they are. */
export async function sessionsInFlight(
  { sessions, manager }: SessionsInFlightPorts,
  { state }: Pick<ExperimentMoment, 'state'>,
  playing: readonly Playing[] = playingIn({ state }).slice(0, MOST_IN_FLIGHT),
): Promise<readonly SessionInFlightDto[]> {
  const records = await sessions.getAll(playing.map(({ sessionId }) => sessionId));
  const byId = new Map(records.map((record): [string, SessionRecord] => [record.header.sessionId, record]));
  return playing.map(({ assignment, sessionId, startedAt }) => {
    const summary = byId.get(sessionId)?.summary;
    // What is in memory here is fresher than the summary, which lags behind the log.
    const present = manager.presentInMemory(sessionId);
    return {
      sessionId,
      assignmentId: assignment.assignmentId,
      participantNumber: state.participants.get(assignment.participantId)?.number ?? 0,
      game: assignment.game,
      pc: assignment.pc,
      npc: assignment.npc,
      attempt: assignment.attempts.length,
      startedAt: isoTime(startedAt),
      status: present?.status ?? summary?.status ?? 'paused',
      held: present === null ? summary?.held === true : present.held !== null,
      turns: present?.turns ?? summary?.turns ?? 0,
      lastActiveAt: isoTime(summary?.lastActiveAt ?? startedAt),
    };
  });
}
