import { failure } from '../../session/failure.ts';
import type { Candidate } from '../event.ts';
import type { ExperimentMoment, Standing } from '../standing.ts';
import { DONE } from './command.ts';
import type { CommandOf, ExperimentDecision, RecordFact } from './command.ts';
import { isFailure, standingFor } from './participant.ts';
import { assign, give, releaseLapsed } from './places.ts';
import { refusalOf } from './refusals.ts';

/** Whether they have an assignment before whose end, or whose first forms, there is no other one. */
const isHeldUp = ({ next }: Standing): boolean =>
  next.mode === 'locked' || next.reason === 'pending_assignment_forms';

export function giveNext(
  moment: ExperimentMoment,
  { participantId }: CommandOf<'next'>,
  record: RecordFact,
): ExperimentDecision {
  const standing = standingFor(moment, participantId);
  if (isFailure(standing)) return standing;
  // Asked again, it has had its effect.
  if (isHeldUp(standing)) return DONE;
  if (give(moment, participantId, record) !== null) return DONE;
  const after = standingFor(moment, participantId);
  return isFailure(after) ? after : refusalOf(moment, after);
}

export function select(
  moment: ExperimentMoment,
  { participantId, game, pc, npc }: CommandOf<'select'>,
  record: RecordFact,
): ExperimentDecision {
  releaseLapsed(moment, record);
  const standing = standingFor(moment, participantId);
  if (isFailure(standing)) return standing;
  const { current, next } = standing;
  const isWanted = (one: Candidate): boolean =>
    one.game === game && one.pc === pc && (npc === undefined || one.npc === npc);
  if (isHeldUp(standing) && current !== null && current.chosen && isWanted(current)) return DONE;
  if (next.mode !== 'choice') {
    if (next.mode !== 'ready') return refusalOf(moment, standing);
    if (!moment.plan.config.assignment.participantChooses) {
      return failure('experiment/no-choice', 'In this experiment, what you play is given to you.');
    }
  }
  const candidate = next.candidates.all().find(isWanted);
  if (candidate === undefined) {
    return failure(
      'experiment/not-eligible',
      'This is not to be had any more. Look at what there is to choose from now.',
    );
  }
  assign(moment, { participantId, candidate, chosen: true }, record);
  return DONE;
}
