import type { Candidate } from '../event.ts';
import { lapsedOf } from '../lapsed.ts';
import { standingOf } from '../standing.ts';
import type { ExperimentMoment } from '../standing.ts';
import type { Assignment } from '../state.ts';
import type { RecordFact } from './command.ts';
import { recordAllDone } from './finishing.ts';

/** What was left alone for too long no longer keeps others out. */
export function releaseLapsed(moment: ExperimentMoment, record: RecordFact): void {
  const lapsed = lapsedOf(moment);
  if (lapsed.length > 0) recordAllDone(moment, record);
  for (const { participantId, assignmentId } of lapsed) {
    record({ type: 'assignmentLapsed', participantId, assignmentId });
  }
}

/** Has somebody who is there begin with the next assignment, where there is one and nothing to choose. */
export function give(moment: ExperimentMoment, participantId: string, record: RecordFact): Assignment | null {
  releaseLapsed(moment, record);
  const next = standingOf(moment, participantId)?.next;
  const [candidate] = next?.mode === 'ready' ? next.candidates : [];
  return candidate === undefined ? null : assign(moment, { participantId, candidate, chosen: false }, record);
}

interface NewAssignment {
  readonly participantId: string;
  readonly candidate: Candidate;
  readonly chosen: boolean;
}

export function assign(
  { plan, revision, state }: ExperimentMoment,
  { participantId, candidate, chosen }: NewAssignment,
  record: RecordFact,
): Assignment | null {
  const participant = state.participants.get(participantId);
  const number = participant?.number ?? 0;
  const assignmentId = `${plan.name}.${number}.${(participant?.assignmentIds.length ?? 0) + 1}`;
  record({
    type: 'assigned',
    participantId,
    assignmentId,
    ...candidate,
    revision,
    chosen,
  });
  return state.assignments.get(assignmentId) ?? null;
}
