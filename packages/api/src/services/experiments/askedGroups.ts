import { areAsShown, standingOf } from '@dcs/engine';
import type { ExperimentMoment, FormGroup, ShownVersions } from '@dcs/engine';
import { ApiError } from '../../errors.ts';

export const notAsked = (): ApiError =>
  new ApiError(
    'form/not-pending',
    'These forms are not asked now, or were answered already. Load the page again.',
  );

/** Throws when others are asked by now than whoever answers has seen: they are to be looked at first. */
export function refuseUnlessShown({ forms }: FormGroup, versions: ShownVersions): void {
  if (areAsShown(forms, versions)) return;
  throw new ApiError(
    'form/changed',
    'The questions have changed since you opened this page, and nothing was sent. What you wrote is kept where it still fits: please look it over and send it again.',
  );
}

export function pendingGroup(
  moment: ExperimentMoment,
  participantId: string,
  groupId: string,
): FormGroup | null {
  const { groups = [] } = standingOf(moment, participantId) ?? {};
  return groups.find((group) => group.groupId === groupId) ?? null;
}

/** By their ids, what somebody has sent for a group so far. It does not change with the state, which is a live view. */
export function sentSoFar({ state }: ExperimentMoment, participantId: string, groupId: string): string {
  const submissions = state.participants.get(participantId)?.submissions.get(groupId);
  return [...(submissions?.values() ?? [])].map(({ submissionId }) => submissionId).join();
}

export interface SentGroup {
  readonly groupId: string;
  /** Of the forms that were shown, where that is known. */
  readonly versions?: ShownVersions | undefined;
}

/** As it was when it was answered, for whoever sends the same again; `null` when it never was, or not as it was shown. */
export function answeredGroup(
  { state, forms }: ExperimentMoment,
  participantId: string,
  { groupId, versions }: SentGroup,
): FormGroup | null {
  const submissions = state.participants.get(participantId)?.submissions.get(groupId);
  const answered = forms.filter(
    ({ name }) =>
      submissions?.has(name) === true && (versions === undefined || Object.hasOwn(versions, name)),
  );
  const [first] = answered;
  if (first === undefined || (versions !== undefined && !areAsShown(answered, versions))) return null;
  const [, assignmentId = null] = groupId.split(':');
  return { groupId, event: first.trigger.event, assignmentId, forms: answered, blocks: 'nothing' };
}
