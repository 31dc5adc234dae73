import type { AssignmentDto, CompletionDto, ExperimentSetupDto, FormGroupDto } from '@dcs/api';

/** Why somebody who takes part can do nothing for now. */
export type Waiting = 'not_open_yet' | 'closed' | 'paused' | 'quota_closed' | 'unavailable';

/**
 * - `begin`: it was never begun.
 * - `continue`: its session is open.
 * - `goOn`: its session broke off, and another one goes on from there.
 * - `again`: its session broke off, and it is begun anew.
 */
export type PlayingHow = 'begin' | 'continue' | 'goOn' | 'again';

/** The one thing that a participant can do next; the page shows it, and what else there is below it. */
export type Step =
  | { readonly at: 'door' }
  | { readonly at: 'withdrawn' }
  | { readonly at: 'answer'; readonly group: FormGroupDto }
  | { readonly at: 'play'; readonly assignment: AssignmentDto; readonly how: PlayingHow }
  /** Something is given to them as soon as they want it. */
  | { readonly at: 'next' }
  | { readonly at: 'choose' }
  | { readonly at: 'done'; readonly completion: CompletionDto | null }
  | { readonly at: 'wait'; readonly why: Waiting };

const WAITING: readonly string[] = [
  'not_open_yet',
  'closed',
  'paused',
  'quota_closed',
  'unavailable',
] satisfies Waiting[];
const isWaiting = (reason: string): reason is Waiting => WAITING.includes(reason);

/** Forms that hold something up come first; what is being played or was interrupted goes on before anything is begun. */
export function stepOf(setup: ExperimentSetupDto): Step {
  const { participant, nextAssignment, currentAssignment, completion } = setup;
  if (participant === null) return { at: 'door' };
  if (participant.withdrawnAt !== null) return { at: 'withdrawn' };
  const group = blockingGroup(setup);
  if (group !== null) return { at: 'answer', group };
  if (nextAssignment.mode === 'choice') return { at: 'choose' };
  if (nextAssignment.mode === 'ready') return { at: 'next' };
  const theirs = nextAssignment.assignment ?? currentAssignment;
  const isComplete = nextAssignment.reason === 'complete';
  // Of what they have left beside what was wanted of them, only what is being played goes on.
  if (isComplete && theirs?.status !== 'in_progress') return { at: 'done', completion };
  if (theirs !== null) return hindrance(setup, theirs) ?? playing(theirs);
  if (participant.isFinished) return { at: 'done', completion };
  const { reason } = nextAssignment;
  return { at: 'wait', why: isWaiting(reason) ? reason : 'unavailable' };
}

/**
 * What broke off may be gone on with after the end, or where the file has a later beginning by now. An experiment that is
 * paused after its end is closed to whoever comes; to whoever has something to go on with it says that it is paused.
 */
export const mayGoOn = ({ state, nextAssignment }: ExperimentSetupDto): boolean =>
  state !== 'paused' && !['paused', 'complete'].includes(nextAssignment.reason);

/** Why they can do nothing now with what is theirs. */
function hindrance(setup: ExperimentSetupDto, { status }: AssignmentDto): Step | null {
  if (status === 'in_progress') return null;
  if (!mayGoOn(setup)) return { at: 'wait', why: 'paused' };
  if (status !== 'assigned') return null;
  if (setup.state === 'notOpenYet') return { at: 'wait', why: 'not_open_yet' };
  return setup.state === 'closed' ? { at: 'wait', why: 'closed' } : null;
}

function playing(assignment: AssignmentDto): Step {
  if (assignment.status === 'in_progress') return { at: 'play', assignment, how: 'continue' };
  if (assignment.attempts === 0) return { at: 'play', assignment, how: 'begin' };
  return { at: 'play', assignment, how: assignment.goesOn ? 'goOn' : 'again' };
}

/**
 * What has to be answered before anything else; nothing interrupts a play that is under way. Where all places are taken
 * nobody is asked what comes before the first one: it would be for nothing.
 */
function blockingGroup(setup: ExperimentSetupDto): FormGroupDto | null {
  const { pendingFormGroups, currentAssignment, nextAssignment } = setup;
  const isPlaying = currentAssignment?.status === 'in_progress';
  const isTooLate = nextAssignment.reason === 'quota_closed' && currentAssignment === null;
  const current = currentAssignment?.assignmentId ?? null;
  const isInTheWay = ({ event, blocks, assignmentId }: FormGroupDto): boolean =>
    (blocks === 'everything' && !(isTooLate && event === 'before-all-assignments')) ||
    (blocks === 'assignment' && !isPlaying && assignmentId === current);
  return pendingFormGroups.find(isInTheWay) ?? null;
}

/** Forms that may be answered beside what is being played. */
export function asideGroups({ pendingFormGroups }: ExperimentSetupDto): readonly FormGroupDto[] {
  return pendingFormGroups.filter(({ blocks }) => blocks === 'nothing');
}

/** What they have got for what they have done, while something else is offered as an extra; `null` where the step shows it. */
export function keptCompletion(setup: ExperimentSetupDto): CompletionDto | null {
  const { at } = stepOf(setup);
  return at === 'done' || at === 'withdrawn' ? null : setup.completion;
}
