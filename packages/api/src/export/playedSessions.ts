import type { Assignment, Attempt, ExperimentState } from '@dcs/engine';

/** A session of an assignment, with all attempts that were made in it. */
export interface PlayedSession {
  readonly sessionId: string;
  readonly assignment: Assignment;
  readonly attempts: readonly Attempt[];
  readonly position: number;
}

/** Every session that the log of the experiment knows of, assignment by assignment. */
export function* playedSessions({
  assignments,
}: Pick<ExperimentState, 'assignments'>): Generator<PlayedSession> {
  for (const assignment of assignments.values()) {
    const bySession = Map.groupBy(assignment.attempts, ({ sessionId }) => sessionId);
    let position = 0;
    for (const [sessionId, attempts] of bySession) {
      position += 1;
      yield { sessionId, assignment, attempts, position };
    }
  }
}
