import { balancesOf } from './balance.ts';
import type { Balance } from './balance.ts';
import { chartsOf } from './charts.ts';
import type { PreflightChart } from './charts.ts';
import { effortOf } from './effort.ts';
import type { Effort } from './effort.ts';
import { neededFor, quotaFills } from './quotaFill.ts';
import type { Needed, QuotaFill } from './quotaFill.ts';
import { stageCounts, unreachedIn } from './reach.ts';
import type { StageCount, Unreached } from './reach.ts';
import type { Simulation } from './simulateExperiment.ts';
import { verdictOf } from './verdict.ts';
import type { People, PreflightVerdict } from './verdict.ts';

/** What a simulation says of an experiment before anybody is invited. */
export interface PreflightReport {
  readonly experiment: string;
  readonly revision: string;
  readonly seed: string;
  readonly verdict: PreflightVerdict;
  readonly people: People;
  /** The cells of combinations are left out where there are too many of them. */
  readonly balances: readonly Balance[];
  readonly quotas: readonly Omit<QuotaFill, 'steps'>[];
  readonly needed: Needed | null;
  readonly effort: Effort;
  readonly stages: readonly StageCount[];
  readonly unreached: readonly Unreached[];
  readonly charts: readonly PreflightChart[];
}

/** Cells of one balance; all characters and games of a file are fewer. */
const MOST_CELLS = 250;

function peopleOf({ journeys, state }: Simulation): People {
  const count = (isOf: (journey: Simulation['journeys'][number]) => boolean): number =>
    journeys.filter(isOf).length;
  const isTurnedAwayAt = (joining: boolean) =>
    count(({ outcome }) => outcome.type === 'turnedAway' && (outcome.stage === 'joining') === joining);
  const completed = [...state.assignments.values()].filter(({ status }) => status === 'completed');
  const completers = new Set(completed.map(({ participantId }) => participantId));
  return {
    came: journeys.length,
    joined: state.participants.size,
    finished: count(({ outcome }) => outcome.type === 'finished'),
    left: count(({ outcome }) => outcome.type === 'left'),
    leftEarly: count(
      ({ outcome, participantId }) => outcome.type === 'left' && !completers.has(participantId),
    ),
    refused: isTurnedAwayAt(true),
    stranded: isTurnedAwayAt(false),
  };
}

export function preflightReport(simulation: Simulation): PreflightReport {
  const { plan, revision } = simulation.input.planned;
  const people = peopleOf(simulation);
  const balances = balancesOf(plan, simulation.state.assignments.values());
  const fills = quotaFills(simulation);
  const needed = neededFor(fills, people.joined);
  const effort = effortOf(simulation);
  const stages = stageCounts(simulation);
  const unreached = unreachedIn(simulation);
  return {
    experiment: plan.name,
    revision,
    seed: simulation.input.seed,
    verdict: verdictOf({ plan, people, balances, fills, needed, effort, unreached }),
    people,
    balances: balances.map((balance) => ({
      ...balance,
      cells: balance.cells.length > MOST_CELLS ? [] : balance.cells,
    })),
    quotas: fills.map(({ id, quota, cells, places, filled, kept, filledBy }) => ({
      id,
      quota,
      cells,
      places,
      filled,
      kept,
      filledBy,
    })),
    needed,
    effort,
    stages,
    unreached,
    charts: chartsOf(simulation, { balances, fills, stages, effort }),
  };
}
