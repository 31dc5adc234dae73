import { MODEL_ROLES } from '../../models/modelRole.ts';
import type { ModelRole } from '../../models/modelRole.ts';
import type { Assignment } from '../state.ts';
import type { Simulation } from './simulateExperiment.ts';

export interface RoleEffort {
  readonly role: ModelRole;
  readonly calls: number;
  /** `null` where the price of a call is not known. */
  readonly dollars: number | null;
}

/** What the experiment takes of models and of people. */
export interface Effort {
  readonly sessions: number;
  readonly turns: number;
  readonly roles: readonly RoleEffort[];
  readonly calls: number;
  /** `null` when the price of any call is not known. */
  readonly dollars: number | null;
  /** With forms and play, of all together. */
  readonly hoursOfPeople: number;
  /** The median of those who finish; `null` when nobody does. */
  readonly minutesEach: number | null;
  /** From the first invitation until the last one is done. */
  readonly hoursInAll: number;
  /** Sessions at the same time. */
  readonly mostAtOnce: number;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

interface Played {
  readonly sessions: number;
  /** Sessions without those that go on from one of them: what is asked once of a play is asked once for all of it. */
  readonly plays: number;
  readonly turns: number;
}

/** How much was played for assignments. */
function playIn(assignments: readonly Assignment[]): Played {
  const attempts = assignments.flatMap((assignment) => assignment.attempts);
  const turnsOf = new Map(attempts.map(({ sessionId, turns }) => [sessionId, turns ?? 0]));
  // The turns that an attempt goes on from count in it as well, and were played once.
  const playedBefore = (session: string | null): number =>
    session === null ? 0 : (turnsOf.get(session) ?? 0);
  return {
    sessions: attempts.length,
    plays: attempts.filter(({ goesOnFrom }) => goesOnFrom === null).length,
    turns: attempts.reduce((sum, { turns, goesOnFrom }) => sum + (turns ?? 0) - playedBefore(goesOnFrom), 0),
  };
}

export function effortOf({ input, events, state, journeys }: Simulation): Effort {
  const ofAll = playIn([...state.assignments.values()]);
  const { sessions, turns } = ofAll;
  const ofModels = playIn(
    [...state.assignments.values()].filter(
      ({ participantId }) => state.participants.get(participantId)?.kind === 'model',
    ),
  );
  const roles = MODEL_ROLES.map((role) => {
    const { callsPerTurn, callsPerSession, dollarsPerCall } = input.population.models[role];
    const asking = role === 'player' ? ofModels : ofAll;
    const calls = Math.round(callsPerTurn * asking.turns + callsPerSession * asking.plays);
    const dollars = calls === 0 ? 0 : dollarsPerCall === null ? null : calls * dollarsPerCall;
    return { role, calls, dollars };
  });
  const finishers = journeys
    .filter(({ outcome, kind }) => outcome.type === 'finished' && kind === 'human')
    .map(({ activeMs }) => activeMs)
    .toSorted((a, b) => a - b);
  const median = finishers[Math.floor(finishers.length / 2)];
  const lastAt = Math.max(input.startsAt, ...journeys.map(({ endedAt }) => endedAt));
  let now = 0;
  let mostAtOnce = 0;
  for (const { type } of events) {
    if (type === 'assignmentStarted') now += 1;
    if (type === 'assignmentCompleted' || type === 'assignmentInterrupted') now -= 1;
    mostAtOnce = Math.max(mostAtOnce, now);
  }
  return {
    sessions,
    turns,
    roles,
    calls: roles.reduce((sum, { calls }) => sum + calls, 0),
    dollars: roles.reduce<number | null>(
      (sum, { dollars }) => (sum === null || dollars === null ? null : sum + dollars),
      0,
    ),
    hoursOfPeople: journeys.reduce((sum, { activeMs }) => sum + activeMs, 0) / HOUR_MS,
    minutesEach: median === undefined ? null : median / MINUTE_MS,
    hoursInAll: (lastAt - input.startsAt) / HOUR_MS,
    mostAtOnce,
  };
}
