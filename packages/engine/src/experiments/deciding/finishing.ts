import { hasOpenPlace } from '../assignment/openPlaces.ts';
import { assignmentsOf, isActive, standingOf } from '../standing.ts';
import type { ExperimentMoment } from '../standing.ts';
import type { Participant } from '../state.ts';
import type { RecordFact } from './command.ts';

/** Puts down that somebody is done, where they are. */
export function recordDone(moment: ExperimentMoment, participantId: string, record: RecordFact): void {
  const standing = standingOf(moment, participantId);
  if (standing === null || !standing.isDone) return;
  const { finishedAt, withdrawnAt } = standing.participant;
  if (finishedAt === null && withdrawnAt === null) record({ type: 'finished', participantId });
}

/**
 * Puts down, before a place becomes free, who is done because others had taken it: they may have been told so. As long as a
 * place is open to anybody there is hardly somebody for whom that holds, and it is not looked for.
 */
export function recordAllDone(moment: ExperimentMoment, record: RecordFact): void {
  const { plan, state } = moment;
  if (hasOpenPlace(plan, state)) return;
  const mayBeDone = (participant: Participant): boolean => {
    if (participant.finishedAt !== null || participant.withdrawnAt !== null) return false;
    const own = assignmentsOf(state, participant);
    return own.some(({ status }) => status === 'completed') && !own.some(isActive);
  };
  const ids = [...state.participants.values()].filter(mayBeDone).map(({ participantId }) => participantId);
  for (const id of ids) recordDone(moment, id, record);
}
