import { failure } from '../../session/failure.ts';
import { isCompletion, normaliseTermination } from '../../session/termination.ts';
import { quotaBook } from '../assignment/quotas.ts';
import { isLapsed } from '../lapsed.ts';
import type { ExperimentMoment } from '../standing.ts';
import type { Assignment } from '../state.ts';
import { DONE } from './command.ts';
import type { CommandOf, ExperimentDecision, RecordFact } from './command.ts';
import { recordAllDone, recordDone } from './finishing.ts';
import { isFailure, ownAssignment, standingFor } from './participant.ts';
import { releaseLapsed } from './places.ts';
import { DROPPED, FORMS_PENDING, refusalOfPlaying, UNKNOWN_ASSIGNMENT } from './refusals.ts';

export function prepare(
  moment: ExperimentMoment,
  { participantId, assignmentId }: CommandOf<'prepare'>,
  record: RecordFact,
): ExperimentDecision {
  const standing = standingFor(moment, participantId);
  if (isFailure(standing)) return standing;
  const assignment = ownAssignment(moment, { participantId, assignmentId });
  if (isFailure(assignment)) return assignment;
  if (assignment.status === 'completed') {
    return failure('assignment/completed', 'You have completed this one.');
  }
  if (assignment.status === 'dropped') return DROPPED;
  if (assignment.status === 'in_progress') return DONE;
  const shut = refusalOfPlaying(moment, assignment);
  if (shut !== null) return shut;
  const isAsked = standing.groups.some(
    ({ blocks, assignmentId: of }) =>
      blocks === 'everything' || (blocks === 'assignment' && of === assignmentId),
  );
  if (isAsked) return FORMS_PENDING;
  if (assignment.holdsPlace && !isLapsed(moment, assignment)) return DONE;
  if (!hasRoomAgain(moment, assignment, record)) return drop(assignment, record);
  // Its session is still to be made: the place is kept from now on, else somebody else could have it meanwhile.
  record({ type: 'assignmentRenewed', participantId, assignmentId });
  return DONE;
}

/** Whether an assignment whose place was not kept, or not for so long, can have it again. */
function hasRoomAgain(moment: ExperimentMoment, assignment: Assignment, record: RecordFact): boolean {
  releaseLapsed(moment, record);
  return quotaBook(moment.state, moment.plan.config).roomFor(assignment.participantId)(assignment);
}

function drop({ participantId, assignmentId }: Assignment, record: RecordFact): ExperimentDecision {
  record({ type: 'assignmentDropped', participantId, assignmentId, reason: 'quota-filled' });
  return DROPPED;
}

export function start(
  moment: ExperimentMoment,
  { participantId, assignmentId, sessionId, goesOnFrom }: CommandOf<'start'>,
  record: RecordFact,
): ExperimentDecision {
  const assignment = ownAssignment(moment, { participantId, assignmentId });
  if (isFailure(assignment)) return assignment;
  if (assignment.attempts.some((attempt) => attempt.sessionId === sessionId)) return DONE;
  if (assignment.status === 'dropped') return DROPPED;
  if (assignment.status !== 'assigned' && assignment.status !== 'interrupted') {
    return failure(
      'assignment/begun',
      'This assignment is being played in another session, or was completed.',
    );
  }
  // The place may have lapsed since it was prepared for, and who plays has one.
  if (!assignment.holdsPlace && !hasRoomAgain(moment, assignment, record)) return drop(assignment, record);
  record({
    type: 'assignmentStarted',
    participantId,
    assignmentId,
    sessionId,
    ...(goesOnFrom === undefined ? {} : { goesOnFrom }),
  });
  return DONE;
}

export function end(
  moment: ExperimentMoment,
  { assignmentId, sessionId, reason, turns }: CommandOf<'end'>,
  record: RecordFact,
): ExperimentDecision {
  const assignment = moment.state.assignments.get(assignmentId);
  if (assignment === undefined) return UNKNOWN_ASSIGNMENT;
  const isPlayed = assignment.status === 'in_progress' && assignment.attempts.at(-1)?.sessionId === sessionId;
  if (!isPlayed) return DONE;
  const { participantId } = assignment;
  const type = isCompletion(reason) ? 'assignmentCompleted' : 'assignmentInterrupted';
  const why = normaliseTermination(reason);
  record({ type, participantId, assignmentId, sessionId, reason: why, turns });
  // It was left alone for as long as a place is kept: waiting once more would keep others out twice as long.
  if (why === 'abandoned') {
    recordAllDone(moment, record);
    record({ type: 'assignmentLapsed', participantId, assignmentId });
  }
  recordDone(moment, participantId, record);
  return DONE;
}
