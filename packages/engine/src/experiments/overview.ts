import { hasOpenPlace } from './assignment/openPlaces.ts';
import { availabilityOf } from './availability.ts';
import { variantOf } from './experiment.schema.ts';
import { playedFor } from './goingOn.ts';
import { assignmentsOf, currentAmong } from './standing.ts';
import type { ExperimentMoment } from './standing.ts';
import type { Assignment, ExperimentState, Participant } from './state.ts';

/** Where a participant is, told by the log and the time. The first that applies, from top to bottom. */
export const PARTICIPANT_STAGES = [
  'withdrawn',
  'finished',
  'playing',
  'interrupted',
  'assigned',
  'between',
  'joined',
] as const;
export type ParticipantStage = (typeof PARTICIPANT_STAGES)[number];

export interface ParticipantOverview {
  readonly participant: Participant;
  readonly stage: ParticipantStage;
  readonly completed: number;
  /** What is, or is to be, played now. */
  readonly current: Assignment | null;
  /** How many sessions they have begun. */
  readonly attempts: number;
  readonly forms: number;
}

/** A game, or a simulated character in it, and how many have come how far with it. */
export interface CellOverview {
  readonly game: string;
  /** `null` in the overview of whole games, and where nobody is met. */
  readonly npc: string | null;
  /** Participants whose assignment holds a place. */
  readonly holding: number;
  /** Assignments by their status. */
  readonly assigned: number;
  readonly inProgress: number;
  readonly completed: number;
  readonly interrupted: number;
}

/** How many participants had come how far; each step counts those of the steps after it as well. */
export interface FunnelStep {
  readonly step: 'joined' | 'assigned' | 'began' | 'completed' | 'finished';
  readonly participants: number;
}

/** What happened in a stretch of time. */
export interface ActivityBucket {
  /** Epoch ms of its beginning. */
  readonly at: number;
  readonly joined: number;
  readonly started: number;
  readonly completed: number;
  readonly interrupted: number;
}

export interface FormOverview {
  readonly name: string;
  /** Each answer to each asking counts. */
  readonly submitted: number;
  readonly participants: number;
}

/** What an experiment looks like to whoever watches it. */
export interface ExperimentOverview {
  readonly stages: Readonly<Record<ParticipantStage, number>>;
  readonly funnel: readonly FunnelStep[];
  /** In the order of the file. */
  readonly games: readonly CellOverview[];
  /** Of characters that were given at least once, by game and handle. */
  readonly characters: readonly CellOverview[];
  readonly forms: readonly FormOverview[];
  /** Why sessions ended, the most frequent reason first. */
  readonly endings: readonly { readonly reason: string; readonly sessions: number }[];
  /** Milliseconds in which assignments were played that are completed, in order; what was begun anew later does not count. */
  readonly durations: readonly number[];
  readonly activity: readonly ActivityBucket[];
}

/** What can still be begun in an experiment. */
interface Left {
  readonly most: number;
  readonly isClosed: boolean;
  /** Whether there is a place for anybody. */
  readonly isOpen: boolean;
}

function leftIn({ plan, state, window, now }: ExperimentMoment): Left {
  const isClosed = availabilityOf(window, state, now) === 'closed';
  const most = plan.config.assignment.maxPerParticipant;
  return { most, isClosed, isOpen: !isClosed && hasOpenPlace(plan, state) };
}

function stageOf(
  { withdrawnAt, finishedAt, submissions }: Participant,
  assignments: readonly Assignment[],
  { most, isClosed, isOpen }: Left,
): ParticipantStage {
  const has = (status: Assignment['status']): boolean => assignments.some((one) => one.status === status);
  if (withdrawnAt !== null) return 'withdrawn';
  if (assignments.filter(({ status }) => status === 'completed').length >= most) return 'finished';
  if (has('in_progress')) return 'playing';
  if (has('interrupted')) return 'interrupted';
  if (has('assigned') && !isClosed) return 'assigned';
  // Who has completed something is done when nothing is left to begin. That this holds for them alone, though others may
  // begin something, the log or their answers to the last questions tell: to look for what is left for each would take too
  // long here.
  const wasDone = finishedAt !== null || submissions.has('after-all-assignments');
  if (has('completed') && (!isOpen || wasDone)) return 'finished';
  return assignments.length > 0 ? 'between' : 'joined';
}

/** Of everybody, in the order in which they came. */
export function participantOverviews(moment: ExperimentMoment): readonly ParticipantOverview[] {
  const { state } = moment;
  const left = leftIn(moment);
  return [...state.participants.values()].map((participant) => {
    const assignments = assignmentsOf(state, participant);
    return {
      participant,
      stage: stageOf(participant, assignments, left),
      completed: assignments.filter(({ status }) => status === 'completed').length,
      current: currentAmong(assignments),
      attempts: assignments.reduce((sum, { attempts }) => sum + attempts.length, 0),
      forms: [...participant.submissions.values()].reduce((sum, ofGroup) => sum + ofGroup.size, 0),
    };
  });
}

/** Most stretches of time that one looks at. */
const MOST_BUCKETS = 60;
/** Their lengths in milliseconds: minutes, quarters of an hour, hours, quarters of a day, days, weeks. */
const LENGTHS = [60_000, 900_000, 3_600_000, 21_600_000, 86_400_000, 604_800_000] as const;

function activityOf(state: ExperimentState, now: number): readonly ActivityBucket[] {
  if (state.startedAt === null) return [];
  const span = now - state.startedAt;
  const length = LENGTHS.find((one) => span / one < MOST_BUCKETS) ?? 604_800_000;
  const first = Math.max(Math.floor(state.startedAt / length), Math.floor(now / length) - 10 * MOST_BUCKETS);
  const buckets = Array.from({ length: Math.floor(now / length) - first + 1 }, (_, index) => ({
    at: (first + index) * length,
    joined: 0,
    started: 0,
    completed: 0,
    interrupted: 0,
  }));
  const count = (at: number, what: 'joined' | 'started' | 'completed' | 'interrupted'): void => {
    const bucket = buckets[Math.floor(at / length) - first];
    if (bucket !== undefined) bucket[what] += 1;
  };
  for (const { joinedAt } of state.participants.values()) count(joinedAt, 'joined');
  for (const { attempts, status } of state.assignments.values()) {
    for (const [index, { startedAt, endedAt }] of attempts.entries()) {
      count(startedAt, 'started');
      const isLast = index === attempts.length - 1;
      if (endedAt !== null) count(endedAt, isLast && status === 'completed' ? 'completed' : 'interrupted');
    }
  }
  return buckets;
}

/** A game with each of its characters that was given, by their handles. */
function cellsOf(game: string, assignments: readonly Assignment[]): readonly CellOverview[] {
  return [...Map.groupBy(assignments, ({ npc }) => npc)]
    .toSorted(([left], [right]) => ((left ?? '') < (right ?? '') ? -1 : 1))
    .map(([npc, group]) => cellOf(game, npc, group));
}

function cellOf(game: string, npc: string | null, assignments: readonly Assignment[]): CellOverview {
  const count = (status: Assignment['status']): number =>
    assignments.filter((one) => one.status === status).length;
  return {
    game,
    npc,
    holding: new Set(assignments.flatMap((one) => (one.holdsPlace ? [one.participantId] : []))).size,
    assigned: count('assigned'),
    inProgress: count('in_progress'),
    completed: count('completed'),
    interrupted: count('interrupted'),
  };
}

function funnelOf(everybody: readonly ParticipantOverview[]): readonly FunnelStep[] {
  const count = (has: (one: ParticipantOverview) => boolean): number => everybody.filter(has).length;
  return [
    { step: 'joined', participants: everybody.length },
    { step: 'assigned', participants: count(({ participant }) => participant.assignmentIds.length > 0) },
    { step: 'began', participants: count(({ attempts }) => attempts > 0) },
    { step: 'completed', participants: count(({ completed }) => completed > 0) },
    { step: 'finished', participants: count(({ stage }) => stage === 'finished') },
  ];
}

function endingsOf(assignments: readonly Assignment[]): ExperimentOverview['endings'] {
  const reasons = assignments.flatMap(({ attempts }) => attempts.flatMap(({ reason }) => reason ?? []));
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, sessions]) => ({ reason, sessions }))
    .toSorted((left, right) => right.sessions - left.sessions);
}

export function experimentOverview(moment: ExperimentMoment): ExperimentOverview {
  const { state, plan, forms, now } = moment;
  const everybody = participantOverviews(moment);
  const assignments = [...state.assignments.values()];
  const byGame = Map.groupBy(assignments, ({ game }) => game);
  const submissions = everybody.flatMap(({ participant }) =>
    [...participant.submissions.values()].flatMap((ofGroup) =>
      [...ofGroup.keys()].map((form) => ({ form, participantId: participant.participantId })),
    ),
  );
  return {
    stages: {
      withdrawn: 0,
      finished: 0,
      playing: 0,
      interrupted: 0,
      assigned: 0,
      between: 0,
      joined: 0,
      ...Object.fromEntries(
        [...Map.groupBy(everybody, ({ stage }) => stage)].map(([stage, { length }]) => [stage, length]),
      ),
    },
    funnel: funnelOf(everybody),
    games: plan.config.games.map((game) => cellOf(variantOf(game), null, byGame.get(variantOf(game)) ?? [])),
    characters: plan.config.games.flatMap((game) =>
      cellsOf(variantOf(game), byGame.get(variantOf(game)) ?? []),
    ),
    forms: forms.map(({ name }) => {
      const answered = submissions.filter(({ form }) => form === name);
      return {
        name,
        submitted: answered.length,
        participants: new Set(answered.map(({ participantId }) => participantId)).size,
      };
    }),
    endings: endingsOf(assignments),
    durations: assignments
      .flatMap((assignment) => (assignment.status === 'completed' ? (playedFor(assignment) ?? []) : []))
      .toSorted((left, right) => left - right),
    activity: activityOf(state, now),
  };
}
