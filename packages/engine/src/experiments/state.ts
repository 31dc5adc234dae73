import { copyPlaceCounts, countChange, newPlaceCounts } from './assignment/placeCounts.ts';
import type { PlaceCounts, WorkingPlaceCounts } from './assignment/placeCounts.ts';
import type { Candidate, ExperimentEvent, ParticipantKind } from './event.ts';

export const ASSIGNMENT_STATUSES = [
  'assigned',
  'in_progress',
  'completed',
  'interrupted',
  'dropped',
] as const;
export type AssignmentStatus = (typeof ASSIGNMENT_STATUSES)[number];

/** One session played for an assignment. */
export interface Attempt {
  readonly sessionId: string;
  /** The session that broke off, where this one goes on from it: what was played there counts here. */
  readonly goesOnFrom: string | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Why it ended, in its normal form. */
  readonly reason: string | null;
  /** How many turns were played, those included that it goes on from; `null` until it ended. */
  readonly turns: number | null;
}

export interface Assignment extends Candidate {
  readonly assignmentId: string;
  readonly participantId: string;
  /** Of the configuration by which it was given. */
  readonly revision: string;
  readonly chosen: boolean;
  readonly status: AssignmentStatus;
  /** Whether it counts against the quotas. */
  readonly holdsPlace: boolean;
  readonly assignedAt: number;
  /** Since when it has had its status. */
  readonly since: number;
  /** Since when its place is kept while nobody plays it: since it has had its status, or the place again. */
  readonly keptSince: number;
  /** The last one is played now while the status is `in_progress`. */
  readonly attempts: readonly Attempt[];
}

/** A form as it was answered last. */
export interface Submission {
  readonly submissionId: string;
  readonly form: string;
  readonly version: number;
  readonly at: number;
}

export interface Participant {
  readonly participantId: string;
  readonly kind: ParticipantKind;
  /** Which model takes part; `null` for people. */
  readonly model: string | null;
  /** From 1, in the order in which they came. */
  readonly number: number;
  readonly joinedAt: number;
  readonly lastAt: number;
  readonly withdrawnAt: number | null;
  /** Epoch ms; of the first time, `null` where that was not recorded. */
  readonly finishedAt: number | null;
  /** In the order in which they were given. */
  readonly assignmentIds: readonly string[];
  /** By group and, in it, by form. */
  readonly submissions: ReadonlyMap<string, ReadonlyMap<string, Submission>>;
  readonly expertise: readonly string[];
}

export type ExperimentRunState = 'notStarted' | 'running' | 'paused';

/** An experiment as its log folds to it. */
export interface ExperimentState {
  readonly lastSeq: number;
  readonly lastAt: number;
  /** Epoch ms of the first revision, or `null`. */
  readonly startedAt: number | null;
  readonly run: ExperimentRunState;
  /** Of the configuration in force; `null` before the start. */
  readonly revision: string | null;
  readonly revisions: readonly { readonly revision: string; readonly at: number }[];
  /** By id, in the order in which they came. */
  readonly participants: ReadonlyMap<string, Participant>;
  /** By id, in the order in which they were given. */
  readonly assignments: ReadonlyMap<string, Assignment>;
  /** Follows from the assignments. */
  readonly places: PlaceCounts;
}

/**
 * Folds a log. What it shows of the state is a live view: one experiment has thousands of participants, and a copy for
 * each event would make folding quadratic. Nothing outside changes it.
 */
export interface ExperimentFold {
  readonly state: ExperimentState;
  /** Throws RangeError when `event` is not the next one. */
  apply(event: ExperimentEvent): void;
  /** Another fold that goes on from here by itself. */
  fork(): ExperimentFold;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface WorkingState extends Mutable<ExperimentState> {
  participants: Map<string, Participant>;
  assignments: Map<string, Assignment>;
  places: WorkingPlaceCounts;
}

type EventOf<T extends ExperimentEvent['type']> = Extract<ExperimentEvent, { type: T }>;

const newState = (): WorkingState => ({
  lastSeq: 0,
  lastAt: 0,
  startedAt: null,
  run: 'notStarted',
  revision: null,
  revisions: [],
  participants: new Map(),
  assignments: new Map(),
  places: newPlaceCounts(),
});

export function createExperimentFold(): ExperimentFold {
  return foldFrom(newState());
}

function foldFrom(state: WorkingState): ExperimentFold {
  return {
    state,
    apply: (event) => {
      if (event.seq !== state.lastSeq + 1) {
        throw new RangeError(
          `Event ${event.seq} of ${event.experiment} cannot follow event ${state.lastSeq}.`,
        );
      }
      evolve(state, event);
      state.lastSeq = event.seq;
      state.lastAt = event.at;
    },
    // What the maps hold is replaced and never changed, so a copy of the maps is a copy of everything.
    fork: () =>
      foldFrom({
        ...state,
        participants: new Map(state.participants),
        assignments: new Map(state.assignments),
        places: copyPlaceCounts(state.places),
      }),
  };
}

function evolve(state: WorkingState, event: ExperimentEvent): void {
  switch (event.type) {
    case 'revised':
      state.startedAt ??= event.at;
      if (state.run === 'notStarted') state.run = 'running';
      state.revision = event.revision;
      state.revisions = [...state.revisions, { revision: event.revision, at: event.at }];
      return;
    case 'paused':
      state.run = 'paused';
      return;
    case 'resumed':
      state.run = 'running';
      return;
    case 'joined':
      state.participants.set(event.participantId, newParticipant(event));
      return;
    case 'withdrew':
      changeParticipant(state, event, () => ({ withdrawnAt: event.at }));
      return;
    case 'finished':
      markFinished(state, event);
      return;
    case 'formSubmitted':
      changeParticipant(state, event, (participant) => submitted(participant, event));
      return;
    case 'assigned':
      putAssignment(state, newAssignment(event));
      changeParticipant(state, event, ({ assignmentIds }) => ({
        assignmentIds: [...assignmentIds, event.assignmentId],
      }));
      return;
    case 'assignmentStarted':
      changeAssignment(state, event, ({ attempts }) => ({
        status: 'in_progress',
        holdsPlace: true,
        attempts: [...attempts, newAttempt(event)],
      }));
      return;
    case 'assignmentCompleted':
      changeAssignment(state, event, (assignment) => ended(assignment, event, 'completed'));
      return;
    case 'assignmentInterrupted':
      changeAssignment(state, event, (assignment) => ended(assignment, event, 'interrupted'));
      return;
    case 'assignmentLapsed':
      keepPlace(state, event, { holdsPlace: false });
      return;
    case 'assignmentRenewed':
      keepPlace(state, event, { holdsPlace: true, keptSince: event.at });
      return;
    case 'assignmentDropped':
      changeAssignment(state, event, () => ({ status: 'dropped', holdsPlace: false }));
      return;
    default: {
      const unreachable: never = event;
      return unreachable;
    }
  }
}

function newParticipant({ participantId, kind, model, number, at }: EventOf<'joined'>): Participant {
  return {
    participantId,
    kind,
    model: model ?? null,
    number,
    joinedAt: at,
    lastAt: at,
    withdrawnAt: null,
    finishedAt: null,
    assignmentIds: [],
    submissions: new Map(),
    expertise: [],
  };
}

function newAssignment(event: EventOf<'assigned'>): Assignment {
  const { assignmentId, participantId, game, pc, npc, batchId, revision, chosen, at } = event;
  return {
    assignmentId,
    participantId,
    game,
    pc,
    npc,
    ...(batchId === undefined ? {} : { batchId }),
    revision,
    chosen,
    status: 'assigned',
    holdsPlace: true,
    assignedAt: at,
    since: at,
    keptSince: at,
    attempts: [],
  };
}

function newAttempt({ sessionId, goesOnFrom, at }: EventOf<'assignmentStarted'>): Attempt {
  return {
    sessionId,
    goesOnFrom: goesOnFrom ?? null,
    startedAt: at,
    endedAt: null,
    reason: null,
    turns: null,
  };
}

function submitted(
  { submissions, expertise }: Participant,
  event: EventOf<'formSubmitted'>,
): Partial<Participant> {
  const { submissionId, groupId, form, version, at } = event;
  const ofGroup = new Map(submissions.get(groupId)).set(form, { submissionId, form, version, at });
  return {
    submissions: new Map(submissions).set(groupId, ofGroup),
    expertise: [...new Set([...expertise, ...event.expertise])],
  };
}

function ended(
  { attempts, holdsPlace }: Assignment,
  event: EventOf<'assignmentCompleted' | 'assignmentInterrupted'>,
  status: 'completed' | 'interrupted',
): Partial<Assignment> {
  return {
    status,
    holdsPlace: status === 'completed' || holdsPlace,
    attempts: attempts.map((attempt) =>
      attempt.sessionId === event.sessionId
        ? { ...attempt, endedAt: event.at, reason: event.reason, turns: event.turns }
        : attempt,
    ),
  };
}

/** Throws for a participant who never joined: such a log was not written by `decide`. */
function changeParticipant(
  state: WorkingState,
  { participantId, at }: { readonly participantId: string; readonly at: number },
  change: (participant: Participant) => Partial<Participant>,
): void {
  const participant = state.participants.get(participantId);
  if (participant === undefined) throw new RangeError(`There is no participant ${participantId}.`);
  state.participants.set(participantId, { ...participant, lastAt: at, ...change(participant) });
}

/** It may be others through whom they are done: it says nothing of when they were last there. */
function markFinished(state: WorkingState, { participantId, at }: EventOf<'finished'>): void {
  const participant = state.participants.get(participantId);
  if (participant !== undefined) {
    state.participants.set(participantId, { ...participant, finishedAt: participant.finishedAt ?? at });
  }
}

function putAssignment(state: WorkingState, after: Assignment): void {
  const { assignmentId, participantId } = after;
  const { assignments, participants, places } = state;
  const ids = participants.get(participantId)?.assignmentIds ?? [];
  const others = ids.flatMap((id) => (id === assignmentId ? [] : (assignments.get(id) ?? [])));
  countChange(places, { before: assignments.get(assignmentId), after, others });
  assignments.set(assignmentId, after);
}

type OfAssignment = Extract<ExperimentEvent, { assignmentId: string }>;

function findAssignment(state: WorkingState, assignmentId: string): Assignment {
  const assignment = state.assignments.get(assignmentId);
  if (assignment === undefined) throw new RangeError(`There is no assignment ${assignmentId}.`);
  return assignment;
}

function changeAssignment(
  state: WorkingState,
  event: Exclude<OfAssignment, EventOf<'formSubmitted'>>,
  change: (assignment: Assignment) => Partial<Assignment>,
): void {
  const assignment = findAssignment(state, event.assignmentId);
  putAssignment(state, { ...assignment, since: event.at, keptSince: event.at, ...change(assignment) });
  changeParticipant(state, event, () => ({}));
}

/** Whether a place is kept says nothing of the participant, who may have been away for long. */
function keepPlace(
  state: WorkingState,
  { assignmentId }: EventOf<'assignmentLapsed' | 'assignmentRenewed'>,
  kept: Partial<Pick<Assignment, 'holdsPlace' | 'keptSince'>>,
): void {
  putAssignment(state, { ...findAssignment(state, assignmentId), ...kept });
}
