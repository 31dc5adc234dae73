import { randomStream } from '../../random.ts';
import type { ExperimentEvent, ParticipantKind } from '../event.ts';
import type { PlannedExperiment } from '../standing.ts';
import type { ExperimentState } from '../state.ts';
import { createAgenda } from './agenda.ts';
import { msToNext } from './chance.ts';
import type { Journey } from './journey.ts';
import type { Population } from './population.ts';
import { createSimulatedExperiment } from './simulatedExperiment.ts';
import { createWalk } from './walk.ts';
import type { Walk } from './walk.ts';

export interface SimulationInput {
  readonly planned: PlannedExperiment;
  /** How many people come, wherever people may take part. */
  readonly participants: number;
  /** Equal inputs give equal simulations. */
  readonly seed: string;
  /** When the invitations go out, in epoch ms; when the experiment opens, where that is later. */
  readonly startsAt: number;
  readonly population: Population;
}

/** A whole experiment, as it went with people who do not exist. */
export interface Simulation {
  readonly input: SimulationInput;
  readonly events: readonly ExperimentEvent[];
  readonly state: ExperimentState;
  /** In the order in which they came. */
  readonly journeys: readonly Journey[];
}

interface Arrival {
  readonly participantId: string;
  readonly kind: ParticipantKind;
  readonly arrivedAt: number;
  /** Those of whom only some take part at the same time; `null` for people. */
  readonly line: Line | null;
}

/** The participants that one model plays: whoever is next begins when one of them has ended. */
interface Line {
  readonly atOnce: number;
  readonly waiting: Walk[];
}

/** The models of the file come at once, as many of each as may play at the same time; people come one by one. */
function arrivalsOf({
  planned,
  participants,
  seed,
  startsAt,
  population,
}: SimulationInput): readonly Arrival[] {
  const { players } = planned.plan.config;
  const models = players.models.flatMap(({ model, participants: count, atOnce }) => {
    const line: Line = { atOnce, waiting: [] };
    return Array.from({ length: count }, (_, index) => ({
      participantId: `${model} ${index + 1}`,
      kind: 'model' as const,
      arrivedAt: startsAt,
      line,
    }));
  });
  const random = randomStream(`${seed}:arrivals`);
  let at = startsAt;
  const people = Array.from({ length: players.humans ? participants : 0 }, (_, index) => {
    at += Math.round(msToNext(random, population.arrivalsPerHour));
    return { participantId: `person ${index + 1}`, kind: 'human' as const, arrivedAt: at, line: null };
  });
  return [...models, ...people];
}

/** Nobody is invited to an experiment before it opens: whoever came would be sent away. */
const opened = (input: SimulationInput): SimulationInput => ({
  ...input,
  startsAt: Math.max(input.startsAt, input.planned.window.opensAt ?? -Infinity),
});

/**
 * Goes through an experiment with the very decisions that the server takes, on a clock of its own. Nothing is kept and
 * nobody is asked.
 */
export function simulateExperiment(asked: SimulationInput): Simulation {
  const input = opened(asked);
  const { planned, seed, startsAt, population } = input;
  const experiment = createSimulatedExperiment(planned);
  experiment.run({ type: 'revise', by: null, revision: planned.revision }, startsAt);
  const agenda = createAgenda<Walk>();
  const arrivals = arrivalsOf(input);
  const journeys = new Map<Walk, Journey>();
  const lineOf = new Map<Walk, Line>();
  const walks = arrivals.map(({ line, ...arrival }) => {
    const walk = createWalk(experiment, {
      ...arrival,
      stream: `${seed}:${arrival.participantId}`,
      population,
      tokens: planned.plan.expertise.tokens,
    });
    line?.waiting.push(walk);
    if (line === null) agenda.add(arrival.arrivedAt, walk);
    else lineOf.set(walk, line);
    return walk;
  });
  for (const { atOnce, waiting } of new Set(lineOf.values())) {
    for (const walk of waiting.splice(0, atOnce)) agenda.add(startsAt, walk);
  }
  for (let due = agenda.next(); due !== null; due = agenda.next()) {
    const { at, item: walk } = due;
    const result = walk.step(at);
    if (typeof result === 'number') {
      agenda.add(result, walk);
      continue;
    }
    journeys.set(walk, walk.journey(at, result));
    const following = lineOf.get(walk)?.waiting.shift();
    if (following !== undefined) agenda.add(at, following);
  }
  const { events, state } = experiment;
  return { input, events, state, journeys: walks.flatMap((walk) => journeys.get(walk) ?? []) };
}
