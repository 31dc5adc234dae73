import { failure } from '../../session/failure.ts';
import { isActive } from '../standing.ts';
import type { ExperimentMoment } from '../standing.ts';
import { takingPart } from '../takingPart.ts';
import { DONE } from './command.ts';
import type { CommandOf, ExperimentDecision, RecordFact } from './command.ts';
import { isFailure, standingFor } from './participant.ts';
import { recordAllDone, recordDone } from './finishing.ts';
import { give, releaseLapsed } from './places.ts';
import { FULL, NOT_JOINED, refusalWhileShut, WITHDRAWN } from './refusals.ts';

export function join(
  moment: ExperimentMoment,
  { participantId, kind, model }: CommandOf<'join'>,
  record: RecordFact,
): ExperimentDecision {
  const { state, plan } = moment;
  const known = state.participants.get(participantId);
  if (known !== undefined) return known.withdrawnAt === null ? DONE : WITHDRAWN;
  const shut = refusalWhileShut(moment);
  if (shut !== null) return shut;
  const { players, quotas } = plan.config;
  const isAdmitted = kind === 'human' ? players.humans : players.models.length > 0;
  if (!isAdmitted) {
    return failure(
      'experiment/not-admitted',
      kind === 'human'
        ? 'Only models take part in this experiment.'
        : 'No models take part in this experiment.',
    );
  }
  releaseLapsed(moment, record);
  if (quotas.participants !== undefined && takingPart(moment) >= quotas.participants) return FULL;
  record({
    type: 'joined',
    participantId,
    kind,
    number: state.participants.size + 1,
    ...(model === undefined ? {} : { model }),
  });
  give(moment, participantId, record);
  return DONE;
}

export function withdraw(
  moment: ExperimentMoment,
  { participantId, by }: CommandOf<'withdraw'>,
  record: RecordFact,
): ExperimentDecision {
  const { state } = moment;
  const participant = state.participants.get(participantId);
  if (participant === undefined) return NOT_JOINED;
  if (participant.withdrawnAt !== null) return DONE;
  recordAllDone(moment, record);
  for (const assignmentId of participant.assignmentIds) {
    const assignment = state.assignments.get(assignmentId);
    if (assignment === undefined || !isActive(assignment)) continue;
    record({ type: 'assignmentDropped', participantId, assignmentId, reason: 'withdrawn' });
  }
  record({ type: 'withdrew', participantId, by });
  return DONE;
}

export function submitForms(
  moment: ExperimentMoment,
  { participantId, groupId, forms }: CommandOf<'submitForms'>,
  record: RecordFact,
): ExperimentDecision {
  const standing = standingFor(moment, participantId);
  if (isFailure(standing)) return standing;
  const submitted = standing.participant.submissions.get(groupId);
  const fresh = forms.filter(({ form, submissionId }) => submitted?.get(form)?.submissionId !== submissionId);
  if (fresh.length === 0) return DONE;
  const group = standing.groups.find((pending) => pending.groupId === groupId);
  if (group === undefined) {
    return failure('form/not-pending', 'These forms are not asked now, or were answered already.');
  }
  const stranger = fresh.find(({ form }) => !group.forms.some(({ name }) => name === form));
  if (stranger !== undefined) {
    return failure('form/unknown', `No form "${stranger.form}" is asked now.`);
  }
  for (const form of fresh) {
    record({ type: 'formSubmitted', participantId, groupId, assignmentId: group.assignmentId, ...form });
  }
  give(moment, participantId, record);
  recordDone(moment, participantId, record);
  return DONE;
}
