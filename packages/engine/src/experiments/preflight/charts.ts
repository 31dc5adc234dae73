import type { QuotaKind } from '../assignment/quotaKind.ts';
import type { Balance, BalanceId } from './balance.ts';
import type { Effort } from './effort.ts';
import type { QuotaFill } from './quotaFill.ts';
import type { StageCount } from './reach.ts';
import type { Simulation } from './simulateExperiment.ts';

export interface ChartSeries {
  readonly name: string;
  /** One for each key. */
  readonly values: readonly number[];
}

/** What a drawing and a table can be made of. */
export interface PreflightChart {
  readonly id: string;
  readonly title: string;
  readonly unit: 'assignments' | 'participants' | 'percent' | 'calls';
  /** What the keys are. */
  readonly heading: string;
  readonly keys: readonly string[];
  /** Hours since the beginning, one for each key, ascending; only where keys are times. */
  readonly hours?: readonly number[];
  readonly series: readonly ChartSeries[];
}

export const BALANCE_TITLES: Readonly<Record<BalanceId, string>> = {
  games: 'games',
  playerCharacters: 'characters that are played',
  simulatedCharacters: 'characters that are met',
  combinations: 'combinations',
};

export const QUOTA_TITLES: Readonly<Record<QuotaKind, string>> = {
  participants: 'participants',
  perGame: 'participants of each game',
  perCharacter: 'participants of each character',
  perCombination: 'participants of each combination',
};

export interface Charted {
  readonly balances: readonly Balance[];
  readonly fills: readonly QuotaFill[];
  readonly stages: readonly StageCount[];
  readonly effort: Effort;
}

/** Longer lists are no drawing. */
const MOST_KEYS = 60;
const POINTS = 48;
const HOUR_MS = 3_600_000;

function balanceChart({ id, cells }: Balance): PreflightChart {
  return {
    id: `balance-${id}`,
    title: `Completed assignments by ${BALANCE_TITLES[id]}`,
    unit: 'assignments',
    heading: BALANCE_TITLES[id],
    keys: cells.map(({ label }) => label),
    series: [
      { name: 'Completed', values: cells.map(({ count }) => count) },
      { name: 'If all were equal', values: cells.map(({ expected }) => expected) },
    ],
  };
}

/** Evenly spaced times from the beginning to the end, both included. */
function timesOf({ input, events }: Simulation): readonly number[] {
  const span = Math.max(1, (events.at(-1)?.at ?? input.startsAt) - input.startsAt);
  return Array.from({ length: POINTS + 1 }, (_, index) => input.startsAt + (span * index) / POINTS);
}

/** How many of the ascending `moments` have come by each of `times`. */
function countsBy(times: readonly number[], moments: readonly number[]): readonly number[] {
  let index = 0;
  return times.map((time) => {
    while (index < moments.length && (moments[index] ?? Infinity) <= time) index += 1;
    return index;
  });
}

interface OverTime {
  readonly id: string;
  readonly title: string;
  readonly unit: PreflightChart['unit'];
  readonly series: readonly ChartSeries[];
}

function overTime({ input }: Simulation, times: readonly number[], chart: OverTime): PreflightChart {
  const hours = times.map((time) => (time - input.startsAt) / HOUR_MS);
  return {
    ...chart,
    heading: 'Hours since the invitation',
    keys: hours.map((hour) => hour.toFixed(1)),
    hours,
  };
}

export function chartsOf(
  simulation: Simulation,
  { balances, fills, stages, effort }: Charted,
): readonly PreflightChart[] {
  const times = timesOf(simulation);
  const momentsOf = (isOf: (journey: Simulation['journeys'][number]) => number | null): readonly number[] =>
    simulation.journeys
      .map(isOf)
      .filter((at) => at !== null)
      .toSorted((a, b) => a - b);
  const people = [
    { name: 'Came', moments: momentsOf(({ arrivedAt }) => arrivedAt) },
    {
      name: 'Finished',
      moments: momentsOf(({ outcome, endedAt }) => (outcome.type === 'finished' ? endedAt : null)),
    },
    {
      name: 'Left',
      moments: momentsOf(({ outcome, endedAt }) => (outcome.type === 'left' ? endedAt : null)),
    },
  ];
  return [
    ...balances.filter(({ cells }) => cells.length <= MOST_KEYS).map(balanceChart),
    ...(fills.length === 0
      ? []
      : [
          overTime(simulation, times, {
            id: 'quotas',
            title: 'How far the quotas are filled',
            unit: 'percent',
            series: fills.map(({ id, places, steps }) => ({
              name: QUOTA_TITLES[id],
              values: countsBy(
                times,
                steps.slice(1).map(({ at }) => at),
              ).map((count) => (100 * count) / places),
            })),
          }),
        ]),
    overTime(simulation, times, {
      id: 'people',
      title: 'Participants over time',
      unit: 'participants',
      series: people.map(({ name, moments }) => ({ name, values: countsBy(times, moments) })),
    }),
    {
      id: 'drop-out',
      title: 'Participants by stage',
      unit: 'participants',
      heading: 'Stage',
      keys: stages.map(({ stage }) => stage),
      series: [
        { name: 'Came to it', values: stages.map(({ reached }) => reached) },
        { name: 'Left there', values: stages.map(({ left }) => left) },
        { name: 'Turned away', values: stages.map(({ turnedAway }) => turnedAway) },
      ],
    },
    {
      id: 'calls',
      title: 'Calls to models by role',
      unit: 'calls',
      heading: 'Role',
      keys: effort.roles.map(({ role }) => role),
      series: [{ name: 'Calls', values: effort.roles.map(({ calls }) => calls) }],
    },
  ];
}
