import { nextCandidates } from './assignment/nextCandidates.ts';
import type { Offer } from './assignment/offer.ts';
import { hasOpenPlace } from './assignment/openPlaces.ts';
import type { ExperimentPlan } from './assignment/plan.ts';
import { availabilityOf, hindranceOf } from './availability.ts';
import type { Availability, ExperimentWindow } from './availability.ts';
import type { Form } from './forms/form.ts';
import { pendingGroups } from './forms/pendingGroups.ts';
import type { FormGroup } from './forms/pendingGroups.ts';
import type { Assignment, ExperimentState, Participant } from './state.ts';

/** A revision of an experiment, ready to be decided by. */
export interface PlannedExperiment {
  readonly revision: string;
  readonly plan: ExperimentPlan;
  readonly forms: readonly Form[];
  readonly window: ExperimentWindow;
}

/** All that a decision can depend on. */
export interface ExperimentMoment extends PlannedExperiment {
  readonly state: ExperimentState;
  /** Epoch ms. */
  readonly now: number;
  /** How many turns a session that is being played has by now. */
  readonly turnsOf: (sessionId: string) => number;
}

/** Why the experiment lets nothing be done now. */
type Shut = 'not_open_yet' | 'closed' | 'paused';

/** What a participant can do next, and why not something else; `candidates` only where there is something to begin. */
export type NextStep =
  | { readonly mode: 'blocked'; readonly reason: 'pending_forms' | 'pending_assignment_forms' }
  /** An assignment is theirs; `Shut` where it cannot be begun or gone on with just now. */
  | { readonly mode: 'locked'; readonly reason: 'locked' | 'in_progress' | 'interrupted' | Shut }
  | { readonly mode: 'ready'; readonly reason: 'given'; readonly candidates: Offer }
  | { readonly mode: 'choice'; readonly reason: 'choice_allowed'; readonly candidates: Offer }
  | {
      readonly mode: 'none';
      readonly reason: 'complete' | 'quota_closed' | 'unavailable' | 'withdrawn' | Shut;
    };

/** Where a participant stands. */
export interface Standing {
  readonly participant: Participant;
  /** The first one given first; dropped ones are among them. */
  readonly assignments: readonly Assignment[];
  readonly completed: number;
  /** Whether nothing more is to be played. */
  readonly isFinished: boolean;
  /** Whether they were done once, with the last questions too. It stays so: whatever is offered to them later is an extra. */
  readonly isDone: boolean;
  readonly groups: readonly FormGroup[];
  /** What they play, or are to play, now; after the end nothing that was not begun before. */
  readonly current: Assignment | null;
  readonly next: NextStep;
}

const ACTIVE: ReadonlySet<Assignment['status']> = new Set<Assignment['status']>([
  'assigned',
  'in_progress',
  'interrupted',
]);

export const isActive = ({ status }: Pick<Assignment, 'status'>): boolean => ACTIVE.has(status);

/** Of a participant, the first one given first. */
export function assignmentsOf(
  { assignments }: Pick<ExperimentState, 'assignments'>,
  { assignmentIds }: Participant,
): readonly Assignment[] {
  return assignmentIds.flatMap((id) => assignments.get(id) ?? []);
}

/** What is in progress, else what has changed last. */
export function currentAmong(assignments: readonly Assignment[]): Assignment | null {
  const active = assignments.filter(isActive).toSorted((a, b) => b.since - a.since);
  return active.find(({ status }) => status === 'in_progress') ?? active[0] ?? null;
}

/** The assignment that has to be completed, or at least begun, before there is another one. */
function lockOf({ config }: ExperimentPlan, own: readonly Assignment[]): Assignment | null {
  if (config.assignment.requireCompletion) return currentAmong(own);
  return own.findLast(({ status }) => status === 'assigned') ?? null;
}

const SHUT: Readonly<Record<Exclude<Availability, 'open'>, Shut>> = {
  notOpenYet: 'not_open_yet',
  closed: 'closed',
  paused: 'paused',
};

/** Why nothing else can be begun while an assignment is theirs. */
function lockedBy(
  moment: ExperimentMoment,
  lock: Assignment,
): Extract<NextStep, { mode: 'locked' }>['reason'] {
  const hindrance = hindranceOf(moment, lock);
  if (hindrance !== null) return SHUT[hindrance];
  return lock.status === 'in_progress' || lock.status === 'interrupted' ? lock.status : 'locked';
}

/** Nobody is asked the last questions before they are done, whatever became free since. */
function hasAnsweredLast(forms: readonly Form[], { submissions }: Participant): boolean {
  const last = forms.filter(({ trigger }) => trigger.event === 'after-all-assignments');
  return last.length > 0 && last.every(({ name }) => submissions.get('after-all-assignments')?.has(name));
}

/** `null` for somebody who does not take part. */
export function standingOf(moment: ExperimentMoment, participantId: string): Standing | null {
  const { plan, forms, state, window, now, turnsOf } = moment;
  const participant = state.participants.get(participantId);
  if (participant === undefined) return null;
  const assignments = assignmentsOf(state, participant);
  const completed = assignments.filter(({ status }) => status === 'completed').length;
  const availability = availabilityOf(window, state, now);
  // What was not begun before the end is never begun: it holds nothing up, and nothing is asked of it.
  const theirs = assignments.filter(({ status }) => availability !== 'closed' || status !== 'assigned');
  const most = plan.config.assignment.maxPerParticipant;
  const lock = lockOf(plan, theirs);
  // What they were given last and have not begun comes before what they left.
  const current = lock ?? currentAmong(theirs);
  // Whoever is not free to begin needs no candidates, and finding them is what takes time here.
  const isFree = lock === null && availability === 'open' && completed < most;
  const candidates = isFree ? nextCandidates({ plan, state, participantId }) : null;
  const hasCandidates = candidates?.has(1) ?? false;
  const isNothingLeft = availability !== 'paused' && current === null && !hasCandidates;
  // Whoever has completed something is done when nothing is open to them, though a place may become free again: else they
  // would be kept from the last questions and their code for as long as others keep what they do not play.
  const isFinished = completed >= most || (completed > 0 && isNothingLeft);
  const groups = pendingGroups({
    forms,
    games: plan.config.games,
    participant,
    assignments: theirs,
    isFinished,
    turnsOf: (assignmentId) => {
      const attempt = state.assignments.get(assignmentId)?.attempts.at(-1);
      return attempt === undefined ? 0 : (attempt.turns ?? turnsOf(attempt.sessionId));
    },
  });

  const isDone =
    participant.finishedAt !== null ||
    (isFinished && groups.length === 0) ||
    hasAnsweredLast(forms, participant);

  const isHeldBack = (one: Assignment): boolean =>
    one.status === 'interrupted' && hindranceOf(moment, one) === 'paused';

  function nextStep(): NextStep {
    if (participant?.withdrawnAt !== null) return { mode: 'none', reason: 'withdrawn' };
    if (lock !== null) {
      const isAsked = groups.some(
        ({ blocks, assignmentId }) => blocks === 'assignment' && assignmentId === lock.assignmentId,
      );
      if (isAsked) return { mode: 'blocked', reason: 'pending_assignment_forms' };
      return { mode: 'locked', reason: lockedBy(moment, lock) };
    }
    if (isFinished) return { mode: 'none', reason: 'complete' };
    // Whoever could still go on with something waits for that, though nothing new will ever be begun.
    if (theirs.some(isHeldBack)) return { mode: 'none', reason: 'paused' };
    if (availability !== 'open') return { mode: 'none', reason: SHUT[availability] };
    // Whoever counts for something already may have more of it though nobody new may.
    if (!hasCandidates && !hasOpenPlace(plan, state)) return { mode: 'none', reason: 'quota_closed' };
    if (groups.some(({ blocks }) => blocks === 'everything'))
      return { mode: 'blocked', reason: 'pending_forms' };
    if (candidates === null || !hasCandidates) return { mode: 'none', reason: 'unavailable' };
    return plan.config.assignment.participantChooses && candidates.has(2)
      ? { mode: 'choice', reason: 'choice_allowed', candidates }
      : { mode: 'ready', reason: 'given', candidates };
  }

  return { participant, assignments, completed, isFinished, isDone, groups, current, next: nextStep() };
}
