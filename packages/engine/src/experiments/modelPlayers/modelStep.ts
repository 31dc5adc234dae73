import type { Candidate } from '../event.ts';
import { standingOf } from '../standing.ts';
import type { ExperimentMoment, Standing } from '../standing.ts';
import type { Assignment } from '../state.ts';
import { availabilityOf, hindranceOf } from '../availability.ts';
import type { Availability } from '../availability.ts';
import type { ModelPlayer } from './modelPlayer.ts';

/** Sessions that are begun for one assignment: what breaks off so often breaks off again. */
export const MOST_MODEL_ATTEMPTS = 3;

/** What a model player does next, as the log tells. */
export type ModelStep =
  | { readonly type: 'join' }
  /** Takes what is given. */
  | { readonly type: 'next' }
  | { readonly type: 'select'; readonly candidate: Candidate }
  | { readonly type: 'start'; readonly assignmentId: string }
  | { readonly type: 'play'; readonly assignmentId: string; readonly sessionId: string }
  /** Nothing new can be begun now. */
  | { readonly type: 'waits'; readonly for: 'start' | Exclude<Availability, 'open'> }
  /** Nothing is to be done: everything is completed, nothing is left for it, or it broke off too often. */
  | { readonly type: 'rests'; readonly because: 'finished' | 'nothingLeft' | 'gaveUp' };

/**
 * Models begin by themselves only in an experiment that somebody has started, or whose file says when it opens: a file that
 * merely lies in its folder spends nothing.
 */
function shutFor({ state, window, now }: ExperimentMoment): Extract<ModelStep, { type: 'waits' }> | null {
  const availability = availabilityOf(window, state, now);
  if (availability !== 'open') return { type: 'waits', for: availability };
  return state.run === 'notStarted' && window.opensAt === null ? { type: 'waits', for: 'start' } : null;
}

/** Besides what broke off too often: after the end there is nothing to wait for. */
function somethingElse(moment: ExperimentMoment, standing: Standing): ModelStep {
  const shut = shutFor(moment);
  return shut === null || shut.for === 'closed' ? somethingNew(standing) : shut;
}

/** Where anything may be left, there is always something else to begin: it would break off as well, and cost money. */
function hasGivenUp({ plan }: ExperimentMoment, { assignments }: Standing): boolean {
  const brokenOff = assignments
    .filter(({ status }) => status === 'interrupted')
    .reduce((sum, { attempts }) => sum + attempts.length, 0);
  return brokenOff >= MOST_MODEL_ATTEMPTS * plan.config.assignment.maxPerParticipant;
}

/** What broke off is gone on with as long as people may go on with what they have begun. */
function afterBreakingOff(moment: ExperimentMoment, standing: Standing, interrupted: Assignment): ModelStep {
  if (interrupted.attempts.length < MOST_MODEL_ATTEMPTS) {
    const hindrance = hindranceOf(moment, interrupted);
    if (hindrance !== null) return { type: 'waits', for: hindrance };
    return { type: 'start', assignmentId: interrupted.assignmentId };
  }
  const other = hasGivenUp(moment, standing) ? null : somethingElse(moment, standing);
  return other === null || other.type === 'rests' ? { type: 'rests', because: 'gaveUp' } : other;
}

function somethingNew({ next }: Standing): ModelStep {
  switch (next.mode) {
    case 'ready':
      return { type: 'next' };
    case 'choice': {
      const [candidate] = next.candidates;
      return candidate === undefined
        ? { type: 'rests', because: 'nothingLeft' }
        : { type: 'select', candidate };
    }
    case 'blocked':
    case 'locked':
      return { type: 'rests', because: 'nothingLeft' };
    case 'none':
      return { type: 'rests', because: next.reason === 'complete' ? 'finished' : 'nothingLeft' };
    default: {
      const unreachable: never = next;
      return unreachable;
    }
  }
}

/** Of one participant. What is under way is played to its end at any time; only what is new waits. */
export function modelStep(moment: ExperimentMoment, { participantId }: ModelPlayer): ModelStep {
  const standing = standingOf(moment, participantId);
  if (standing !== null && standing.participant.withdrawnAt !== null) {
    return { type: 'rests', because: 'nothingLeft' };
  }
  const current = standing?.current ?? null;
  const sessionId = current?.attempts.at(-1)?.sessionId;
  if (current?.status === 'in_progress' && sessionId !== undefined) {
    return { type: 'play', assignmentId: current.assignmentId, sessionId };
  }
  if (standing?.isFinished === true && current === null) return { type: 'rests', because: 'finished' };
  if (standing !== null && current?.status === 'interrupted') {
    return afterBreakingOff(moment, standing, current);
  }
  const shut = shutFor(moment);
  if (shut !== null) return shut;
  if (standing === null) return { type: 'join' };
  if (current !== null) return { type: 'start', assignmentId: current.assignmentId };
  return somethingNew(standing);
}
