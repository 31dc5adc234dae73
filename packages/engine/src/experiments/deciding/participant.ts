import type { Failure } from '../../session/failure.ts';
import { standingOf } from '../standing.ts';
import type { ExperimentMoment, Standing } from '../standing.ts';
import type { Assignment } from '../state.ts';
import { NOT_JOINED, UNKNOWN_ASSIGNMENT, WITHDRAWN } from './refusals.ts';

/** Where somebody stands who takes part. */
export function standingFor(moment: ExperimentMoment, participantId: string): Standing | Failure {
  const standing = standingOf(moment, participantId);
  if (standing === null) return NOT_JOINED;
  return standing.participant.withdrawnAt === null ? standing : WITHDRAWN;
}

export const isFailure = (value: Standing | Assignment | Failure): value is Failure => 'ok' in value;

interface OfAssignment {
  readonly participantId: string;
  readonly assignmentId: string;
}

/** An assignment of somebody who takes part. */
export function ownAssignment(
  { state }: ExperimentMoment,
  { participantId, assignmentId }: OfAssignment,
): Assignment | Failure {
  const assignment = state.assignments.get(assignmentId);
  return assignment?.participantId === participantId ? assignment : UNKNOWN_ASSIGNMENT;
}
