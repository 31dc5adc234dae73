import { failure } from '../../session/failure.ts';
import type { Failure } from '../../session/failure.ts';
import { availabilityOf, hindranceOf } from '../availability.ts';
import type { Availability } from '../availability.ts';
import type { ExperimentMoment, Standing } from '../standing.ts';
import type { Assignment } from '../state.ts';

export const NOT_JOINED = failure(
  'experiment/not-joined',
  'You do not take part in this experiment. Join it first.',
);
export const WITHDRAWN = failure('experiment/withdrawn', 'You have withdrawn from this experiment.');
export const FULL = failure('experiment/full', 'All places in this experiment are taken.');
export const FORMS_PENDING = failure('experiment/forms-pending', 'There are questions to be answered first.');
export const UNKNOWN_ASSIGNMENT = failure('assignment/not-found', 'There is no such assignment among yours.');
export const DROPPED = failure(
  'assignment/dropped',
  'This assignment is no longer yours: while it waited, others have taken its place. Go on with another one.',
);

const SHUT_MESSAGES: Readonly<Record<Exclude<Availability, 'open'>, readonly [string, string]>> = {
  notOpenYet: ['experiment/not-open', 'This experiment has not opened yet. Come back when it has.'],
  closed: ['experiment/closed', 'This experiment is closed: nothing new can be begun.'],
  paused: ['experiment/paused', 'This experiment is paused. Come back a little later.'],
};

function refusalFor(availability: Exclude<Availability, 'open'>): Failure {
  const [reason, message] = SHUT_MESSAGES[availability];
  return failure(reason, message, availability === 'paused');
}

/** Why nothing can be begun. */
export function refusalWhileShut({ window, state, now }: ExperimentMoment): Failure | null {
  const availability = availabilityOf(window, state, now);
  return availability === 'open' ? null : refusalFor(availability);
}

/** Why what is theirs cannot be begun or gone on with. */
export function refusalOfPlaying(moment: ExperimentMoment, assignment: Assignment): Failure | null {
  const hindrance = hindranceOf(moment, assignment);
  return hindrance === null ? null : refusalFor(hindrance);
}

/** Why nothing can be begun, for somebody who wants to. */
export function refusalOf(moment: ExperimentMoment, { next }: Standing): Failure {
  switch (next.reason) {
    case 'pending_forms':
    case 'pending_assignment_forms':
      return FORMS_PENDING;
    case 'locked':
    case 'in_progress':
    case 'interrupted':
      return failure('experiment/assignment-open', 'Finish what you have begun first.');
    case 'choice_allowed':
      return failure('experiment/choice-open', 'Choose what to play first.');
    case 'complete':
      return failure('experiment/complete', 'You have done everything there was to do. Thank you.');
    case 'quota_closed':
      return FULL;
    case 'given':
    case 'unavailable':
    case 'withdrawn':
    case 'not_open_yet':
    case 'closed':
    case 'paused':
      return (
        refusalWhileShut(moment) ??
        failure('experiment/nothing-left', 'Nothing is left for you to play for now.')
      );
    default: {
      const unreachable: never = next;
      return unreachable;
    }
  }
}
