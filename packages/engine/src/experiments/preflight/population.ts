import { MODEL_ROLES } from '../../models/modelRole.ts';
import type { ModelRole } from '../../models/modelRole.ts';

/** A quantity that is spread as durations are: most are near the median, some far above it. */
export interface Spread {
  readonly median: number;
  /** The standard deviation of the logarithm; 0 for always the median. */
  readonly sigma: number;
}

/** What models of a role are asked. */
export interface ModelDemand {
  readonly callsPerTurn: number;
  readonly callsPerSession: number;
  /** `null` when it is not known. */
  readonly dollarsPerCall: number | null;
}

/** How the people behave with whom an experiment is simulated. */
export interface Population {
  readonly arrivalsPerHour: number;
  /** Chances, from 0 to 1, of leaving for good. */
  readonly dropOut: {
    /** At each group of forms. */
    readonly form: number;
    /** Before each assignment. */
    readonly assignment: number;
    /** In each session, somewhere in its midst. */
    readonly session: number;
  };
  /** The chance that whoever has left a session comes back to it after `awaySeconds`. */
  readonly comesBack: number;
  readonly secondsPerQuestion: Spread;
  readonly secondsPerTurn: Spread;
  /** Of a model that takes part: until it has written what its seat does, with what it is answered. */
  readonly secondsPerModelTurn: Spread;
  readonly awaySeconds: Spread;
  readonly turnsPerSession: Spread;
  /** No session has more where its game does not say how many. */
  readonly mostTurns: number;
  readonly models: Readonly<Record<ModelRole, ModelDemand>>;
}

const demand = (callsPerTurn: number, callsPerSession: number): ModelDemand => ({
  callsPerTurn,
  callsPerSession,
  dollarsPerCall: null,
});

/**
 * People who come as they do from a list of participants: one in twelve leaves somewhere on the way of one assignment. What
 * models are asked is what a language game with all its judges asks of accepted turns. Of models that play, it is what sessions ask
 * that one of them plays: a move a turn, and an answer or two at the end.
 */
export const DEFAULT_POPULATION: Population = {
  arrivalsPerHour: 12,
  dropOut: { form: 0.02, assignment: 0.02, session: 0.06 },
  comesBack: 0.3,
  secondsPerQuestion: { median: 12, sigma: 0.6 },
  secondsPerTurn: { median: 30, sigma: 0.7 },
  secondsPerModelTurn: { median: 8, sigma: 0.4 },
  awaySeconds: { median: 4 * 3600, sigma: 1 },
  turnsPerSession: { median: 14, sigma: 0.5 },
  mostTurns: 50,
  models: {
    opener: demand(0, 1),
    updater: demand(1.1, 0),
    playerJudge: demand(3, 0),
    simulatorJudge: demand(6.6, 0),
    scorer: demand(0, 1),
    player: demand(1.1, 3),
  },
};

/** US dollars for a call to a model, by what it is asked as; a role is missing where nobody knows. */
export type CallPrices = Readonly<Partial<Record<ModelRole, number>>>;

/** The same price, whatever a model is asked as. */
export const onePrice = (dollarsPerCall: number): CallPrices =>
  Object.fromEntries(MODEL_ROLES.map((role) => [role, dollarsPerCall]));

/** The same people, where models cost so much. */
export function withPrices(population: Population, prices: CallPrices): Population {
  const { models } = population;
  const priced: Readonly<Record<string, ModelDemand>> = Object.fromEntries(
    MODEL_ROLES.map((role) => [role, { ...models[role], dollarsPerCall: prices[role] ?? null }]),
  );
  return { ...population, models: { ...models, ...priced } };
}
