import { isCompletion, normaliseTermination } from '../session/termination.ts';
import { failure } from '../session/failure.ts';
import type { Failure } from '../session/failure.ts';
import { quotaBook } from './assignment/quotas.ts';
import { availabilityOf } from './availability.ts';
import type { Availability } from './availability.ts';
import type { Candidate, ExperimentFact, ParticipantKind } from './event.ts';
import { isActive, standingOf } from './standing.ts';
import type { ExperimentMoment, Standing } from './standing.ts';
import type { Assignment } from './state.ts';
import { takingPart } from './takingPart.ts';

/** A submitted form, as far as the log tells of it. */
export interface SubmittedForm {
  readonly submissionId: string;
  readonly form: string;
  readonly version: number;
  readonly expertise: readonly string[];
}

/** What can be asked of an experiment. Each may be asked again: what has had its effect has no other. */
export type ExperimentCommand =
  | { readonly type: 'join'; readonly participantId: string; readonly kind: ParticipantKind }
  | { readonly type: 'withdraw'; readonly participantId: string; readonly by: string }
  | {
      readonly type: 'submitForms';
      readonly participantId: string;
      readonly groupId: string;
      readonly forms: readonly SubmittedForm[];
    }
  /** Gives the next assignment, where there is nothing to choose. */
  | { readonly type: 'next'; readonly participantId: string }
  | {
      readonly type: 'select';
      readonly participantId: string;
      readonly game: string;
      readonly pc: string | null;
      /** Left out: the first whom the strategy would have them meet. */
      readonly npc?: string | null;
    }
  /** An assignment is about to be played: it gets its place back, if it has lost it, or is dropped. */
  | { readonly type: 'prepare'; readonly participantId: string; readonly assignmentId: string }
  | {
      readonly type: 'start';
      readonly participantId: string;
      readonly assignmentId: string;
      readonly sessionId: string;
    }
  | {
      readonly type: 'end';
      readonly assignmentId: string;
      readonly sessionId: string;
      readonly reason: string;
      readonly turns: number;
    }
  | { readonly type: 'pause'; readonly by: string; readonly reason: string }
  | { readonly type: 'resume'; readonly by: string }
  | { readonly type: 'revise'; readonly by: string | null; readonly revision: string };

/** Records a fact; from then on the moment's state includes it. */
export type RecordFact = (fact: ExperimentFact) => void;

export const DONE = { ok: true } as const;
export type ExperimentDecision = typeof DONE | Failure;

type CommandOf<T extends ExperimentCommand['type']> = Extract<ExperimentCommand, { type: T }>;

const MINUTE_MS = 60_000;

/**
 * Turns a command into facts. What is recorded counts even where the command is refused: that somebody has lost a place
 * is so, whoever asked.
 */
export function decideExperiment(
  moment: ExperimentMoment,
  command: ExperimentCommand,
  record: RecordFact,
): ExperimentDecision {
  switch (command.type) {
    case 'join':
      return join(moment, command, record);
    case 'withdraw':
      return withdraw(moment, command, record);
    case 'submitForms':
      return submitForms(moment, command, record);
    case 'next':
      return giveNext(moment, command, record);
    case 'select':
      return select(moment, command, record);
    case 'prepare':
      return prepare(moment, command, record);
    case 'start':
      return start(moment, command, record);
    case 'end':
      return end(moment, command, record);
    case 'pause':
      if (moment.state.run === 'running') record({ type: 'paused', by: command.by, reason: command.reason });
      return DONE;
    case 'resume':
      if (moment.state.run === 'paused') record({ type: 'resumed', by: command.by });
      return DONE;
    case 'revise':
      if (moment.state.revision !== command.revision) {
        record({ type: 'revised', revision: command.revision, by: command.by });
      }
      return DONE;
    default: {
      const unreachable: never = command;
      return unreachable;
    }
  }
}

const SHUT_MESSAGES: Readonly<Record<Exclude<Availability, 'open'>, readonly [string, string]>> = {
  notOpenYet: ['experiment/not-open', 'This experiment has not opened yet. Come back when it has.'],
  closed: ['experiment/closed', 'This experiment is closed: nothing new can be begun.'],
  paused: ['experiment/paused', 'This experiment is paused. Come back a little later.'],
};

function refusalWhileShut({ window, state, now }: ExperimentMoment): Failure | null {
  const availability = availabilityOf(window, state, now);
  if (availability === 'open') return null;
  const [reason, message] = SHUT_MESSAGES[availability];
  return failure(reason, message, availability === 'paused');
}

const NOT_JOINED = failure(
  'experiment/not-joined',
  'You do not take part in this experiment. Join it first.',
);
const WITHDRAWN = failure('experiment/withdrawn', 'You have withdrawn from this experiment.');
const FULL = failure('experiment/full', 'All places in this experiment are taken.');

function join(
  moment: ExperimentMoment,
  { participantId, kind }: CommandOf<'join'>,
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
  record({ type: 'joined', participantId, kind, number: state.participants.size + 1 });
  give(moment, participantId, record);
  return DONE;
}

function withdraw(
  { state }: ExperimentMoment,
  { participantId, by }: CommandOf<'withdraw'>,
  record: RecordFact,
): ExperimentDecision {
  const participant = state.participants.get(participantId);
  if (participant === undefined) return NOT_JOINED;
  if (participant.withdrawnAt !== null) return DONE;
  for (const assignmentId of participant.assignmentIds) {
    const assignment = state.assignments.get(assignmentId);
    if (assignment === undefined || !isActive(assignment)) continue;
    record({ type: 'assignmentDropped', participantId, assignmentId, reason: 'withdrawn' });
  }
  record({ type: 'withdrew', participantId, by });
  return DONE;
}

/** Where somebody stands who takes part. */
function standingFor(moment: ExperimentMoment, participantId: string): Standing | Failure {
  const standing = standingOf(moment, participantId);
  if (standing === null) return NOT_JOINED;
  return standing.participant.withdrawnAt === null ? standing : WITHDRAWN;
}

const isFailure = (value: Standing | Assignment | Failure): value is Failure => 'ok' in value;

function submitForms(
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
  return DONE;
}

/** What was left alone for too long no longer keeps others out. */
function releaseLapsed({ plan, state, now }: ExperimentMoment, record: RecordFact): void {
  const heldMs = plan.config.assignment.holdMinutes * MINUTE_MS;
  const isLapsed = ({ status, holdsPlace, since }: Assignment): boolean =>
    holdsPlace && (status === 'assigned' || status === 'interrupted') && now - since > heldMs;
  for (const { participantId, assignmentId } of [...state.assignments.values()].filter(isLapsed)) {
    record({ type: 'assignmentLapsed', participantId, assignmentId });
  }
}

/** Has somebody who is there begin with the next assignment, where there is one and nothing to choose. */
function give(moment: ExperimentMoment, participantId: string, record: RecordFact): Assignment | null {
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

function assign(
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

/** Why nothing can be begun, for somebody who wants to. */
function refusalOf(moment: ExperimentMoment, { next }: Standing): Failure {
  switch (next.reason) {
    case 'pending_forms':
    case 'pending_assignment_forms':
      return failure('experiment/forms-pending', 'There are questions to be answered first.');
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

function giveNext(
  moment: ExperimentMoment,
  { participantId }: CommandOf<'next'>,
  record: RecordFact,
): ExperimentDecision {
  const standing = standingFor(moment, participantId);
  if (isFailure(standing)) return standing;
  // Asked again, it has had its effect.
  if (standing.next.mode === 'locked' || standing.next.reason === 'pending_assignment_forms') return DONE;
  if (give(moment, participantId, record) !== null) return DONE;
  const after = standingFor(moment, participantId);
  return isFailure(after) ? after : refusalOf(moment, after);
}

function select(
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
  if (next.mode === 'locked' && current !== null && current.chosen && isWanted(current)) return DONE;
  if (next.mode !== 'choice') {
    if (next.mode !== 'ready') return refusalOf(moment, standing);
    if (!moment.plan.config.assignment.participantChooses) {
      return failure('experiment/no-choice', 'In this experiment, what you play is given to you.');
    }
  }
  const candidate = next.candidates.find(isWanted);
  if (candidate === undefined) {
    return failure(
      'experiment/not-eligible',
      'This is not to be had any more. Look at what there is to choose from now.',
    );
  }
  assign(moment, { participantId, candidate, chosen: true }, record);
  return DONE;
}

const UNKNOWN_ASSIGNMENT = failure('assignment/not-found', 'There is no such assignment among yours.');

interface OfAssignment {
  readonly participantId: string;
  readonly assignmentId: string;
}

/** An assignment of somebody who takes part. */
function ownAssignment(
  { state }: ExperimentMoment,
  { participantId, assignmentId }: OfAssignment,
): Assignment | Failure {
  const assignment = state.assignments.get(assignmentId);
  return assignment?.participantId === participantId ? assignment : UNKNOWN_ASSIGNMENT;
}

function prepare(
  moment: ExperimentMoment,
  { participantId, assignmentId }: CommandOf<'prepare'>,
  record: RecordFact,
): ExperimentDecision {
  const standing = standingFor(moment, participantId);
  if (isFailure(standing)) return standing;
  const assignment = ownAssignment(moment, { participantId, assignmentId });
  if (isFailure(assignment)) return assignment;
  if (assignment.status === 'completed') {
    return failure('assignment/completed', 'You have completed this one.');
  }
  if (assignment.status === 'dropped') return dropped();
  if (assignment.status === 'in_progress') return DONE;
  const shut = refusalWhileShut(moment);
  if (shut !== null) return shut;
  const isAsked = standing.groups.some(
    ({ blocks, assignmentId: of }) =>
      blocks === 'everything' || (blocks === 'assignment' && of === assignmentId),
  );
  if (isAsked) return failure('experiment/forms-pending', 'There are questions to be answered first.');
  if (assignment.holdsPlace) return DONE;
  releaseLapsed(moment, record);
  if (quotaBook(moment.state, moment.plan.config).hasRoom(participantId, assignment)) {
    record({ type: 'assignmentRenewed', participantId, assignmentId });
    return DONE;
  }
  record({ type: 'assignmentDropped', participantId, assignmentId, reason: 'quota-filled' });
  return dropped();
}

const dropped = (): Failure =>
  failure(
    'assignment/dropped',
    'This assignment is no longer yours: while it waited, others have taken its place. Go on with another one.',
  );

function start(
  moment: ExperimentMoment,
  { participantId, assignmentId, sessionId }: CommandOf<'start'>,
  record: RecordFact,
): ExperimentDecision {
  const assignment = ownAssignment(moment, { participantId, assignmentId });
  if (isFailure(assignment)) return assignment;
  if (assignment.attempts.some((attempt) => attempt.sessionId === sessionId)) return DONE;
  if (assignment.status === 'dropped') return dropped();
  if (assignment.status !== 'assigned' && assignment.status !== 'interrupted') {
    return failure(
      'assignment/begun',
      'This assignment is being played in another session, or was completed.',
    );
  }
  record({ type: 'assignmentStarted', participantId, assignmentId, sessionId });
  return DONE;
}

function end(
  { state }: ExperimentMoment,
  { assignmentId, sessionId, reason, turns }: CommandOf<'end'>,
  record: RecordFact,
): ExperimentDecision {
  const assignment = state.assignments.get(assignmentId);
  if (assignment === undefined) return UNKNOWN_ASSIGNMENT;
  const isPlayed = assignment.status === 'in_progress' && assignment.attempts.at(-1)?.sessionId === sessionId;
  if (!isPlayed) return DONE;
  const { participantId } = assignment;
  const type = isCompletion(reason) ? 'assignmentCompleted' : 'assignmentInterrupted';
  const why = normaliseTermination(reason);
  record({ type, participantId, assignmentId, sessionId, reason: why, turns });
  // It was left alone for as long as a place is kept: waiting once more would keep others out twice as long.
  if (why === 'abandoned') record({ type: 'assignmentLapsed', participantId, assignmentId });
  return DONE;
}
