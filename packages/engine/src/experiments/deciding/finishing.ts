import { hasOpenPlace } from '../assignment/openPlaces.ts';
import { assignmentsOf, isActive, standingOf } from '../standing.ts';
import type { ExperimentMoment } from '../standing.ts';
import type { Participant } from '../state.ts';
import type { RecordFact } from './command.ts';

/** Whether it is worth while to find out what is left for them, which takes time. */
function mayBeDone({ state }: ExperimentMoment, participant: Participant): boolean {
  if (participant.finishedAt !== null || participant.withdrawnAt !== null) return false;
  const own = assignmentsOf(state, participant);
  return own.some(({ status }) => status === 'completed') && !own.some(isActive);
}

/** Puts down that somebody is done, where they are. */
export function recordDone(moment: ExperimentMoment, participantId: string, record: RecordFact): void {
  const participant = moment.state.participants.get(participantId);
  if (participant === undefined || !mayBeDone(moment, participant)) return;
  if (standingOf(moment, participantId)?.isDone === true) record({ type: 'finished', participantId });
}

/**
 * Puts down who is done because others have taken what there was, before a place becomes free or the experiment is paused:
 * they may have been told so. As long as a place is open to anybody there is hardly somebody for whom that holds, and it is
 * not looked for.
 */
export function recordAllDone(moment: ExperimentMoment, record: RecordFact): void {
  const { plan, state } = moment;
  if (hasOpenPlace(plan, state)) return;
  const ids = [...state.participants.values()].flatMap((participant) =>
    mayBeDone(moment, participant) ? [participant.participantId] : [],
  );
  for (const id of ids) recordDone(moment, id, record);
}
