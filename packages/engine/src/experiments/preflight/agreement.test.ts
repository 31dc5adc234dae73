import { describe, expect, it } from 'vitest';
import { playedStudy } from '../../testing/playedStudy.ts';
import type { StudyHabits } from '../../testing/playedStudy.ts';
import { simulated, steadfast } from '../../testing/simulated.ts';
import { ASSIGNMENT_STRATEGIES } from '../assignment/strategyName.ts';
import type { AssignmentStrategyName } from '../assignment/strategyName.ts';
import type { Assignment, ExperimentState } from '../state.ts';
import type { Population } from './population.ts';

/*
 * A preflight is worth what it agrees with. The same file is simulated, and played by bots at the manager that runs
 * experiments on a server, who come and leave with the same chances.
 */

/** Those that depend on what everybody does, or on chance: looked at from all sides. */
const TELLING: readonly AssignmentStrategyName[] = [
  'least-played-combination-next',
  'random-unique-game',
  'progressive-divergence-assignment',
];
const CAST = { playerCharacters: ['ANT'], simulatedCharacters: ['BEE', 'CAT'] };
const AT_ONCE = 4;

/**
 * Both are seeded, so that nothing here is left to chance; bounds are so wide that two runs with other seeds would be
 * apart by more once in a million: that many standard deviations of a difference.
 */
const ONCE_IN_A_MILLION = 4.9;

const habits: StudyHabits = {
  participants: 240,
  seed: 'agreement',
  leavesBefore: 0,
  leavesWithin: 0,
  atOnce: AT_ONCE,
  minutesBetween: 20,
};
const leaving = { leavesBefore: 0.15, leavesWithin: 0.2 };
/** How probable it is that somebody completes what they are given. */
const STAYS = (1 - leaving.leavesBefore) * (1 - leaving.leavesWithin);

/** The same people for a simulation: four come in twenty minutes, and who has left never comes back. */
const alike = ({
  leavesBefore,
  leavesWithin,
}: Pick<StudyHabits, 'leavesBefore' | 'leavesWithin'>): Population => ({
  ...steadfast,
  arrivalsPerHour: (60 * AT_ONCE) / habits.minutesBetween,
  dropOut: { form: 0, assignment: leavesBefore, session: leavesWithin },
  comesBack: 0,
});

/** The others, with fewer participants. */
const OTHERS = ASSIGNMENT_STRATEGIES.filter((name) => !TELLING.includes(name));
const FEW = 60;

async function bothOf(file: Readonly<Record<string, unknown>>, leaves: Partial<StudyHabits> = {}) {
  const all = { ...habits, ...leaves };
  const played = await playedStudy(file, all);
  const { state } = simulated(file, { participants: all.participants, population: alike(all) });
  return { played, state };
}

const completed = ({ assignments }: ExperimentState): readonly Assignment[] =>
  [...assignments.values()].filter(({ status }) => status === 'completed');

type Counts = Readonly<Record<string, number>>;

/** How many participants have completed something, by the same. */
const completersBy = (state: ExperimentState, keyOf: (assignment: Assignment) => string): Counts =>
  Object.fromEntries(
    [...Map.groupBy(completed(state), keyOf)].map(([key, some]) => [
      key,
      new Set(some.map(({ participantId }) => participantId)).size,
    ]),
  );

const byCell = (state: ExperimentState): Counts =>
  completersBy(state, ({ game, pc, npc }) => `${game} ${pc} ${npc}`);
const byCharacter = (state: ExperimentState): Counts => completersBy(state, ({ npc }) => npc ?? '');
const byGame = (state: ExperimentState): Counts => completersBy(state, ({ game }) => game);

const unevenness = (counts: Counts): number =>
  Math.max(...Object.values(counts)) - Math.min(...Object.values(counts));

describe.each(TELLING)('a preflight with %s', (strategy) => {
  const assignment = { ...CAST, strategy, maxPerParticipant: 2, holdMinutes: 30 };

  it('fills every combination with exactly as many as the study does', async () => {
    const { played, state } = await bothOf({ assignment, quotas: { perCombination: 30 } });
    expect(byCell(state)).toEqual(byCell(played));
    expect(Object.values(byCell(state))).toEqual([30, 30, 30, 30]);
  });

  it('fills games and characters exactly though people leave, because others get the places that they leave', async () => {
    const one = { ...assignment, maxPerParticipant: 1 };
    const quotas = { perGame: 60, perCharacter: 60, perCombination: 30 };
    const { played, state } = await bothOf({ assignment: one, quotas }, leaving);
    for (const of of [played, state]) {
      expect(byGame(of)).toEqual({ explore: 60, teamwork: 60 });
      expect(byCharacter(of)).toEqual({ BEE: 60, CAT: 60 });
      expect(Object.values(byCell(of))).toEqual([30, 30, 30, 30]);
    }
    // How often somebody leaves until all places are filled is spread as a negative binomial distribution is.
    const wasted = (of: ExperimentState): number => of.assignments.size - completed(of).length;
    const variance = (120 * (1 - STAYS)) / STAYS ** 2;
    expect(Math.abs(wasted(state) - wasted(played))).toBeLessThan(
      ONCE_IN_A_MILLION * Math.sqrt(2 * variance),
    );
  });

  it('completes the same in all and in each game where nobody leaves and nothing has an end', async () => {
    const { played, state } = await bothOf({ assignment });
    expect(completed(state)).toHaveLength(2 * habits.participants);
    expect(completed(played)).toHaveLength(2 * habits.participants);
    if (strategy === 'random-unique-game') expect(byGame(state)).toEqual(byGame(played));
    else {
      // What is played least is not known to those who are given something in the same moment.
      expect(Math.abs(unevenness(byCell(state)) - unevenness(byCell(played)))).toBeLessThanOrEqual(
        2 * AT_ONCE,
      );
    }
  });

  it('completes as much as the study does within what leaving by chance can make of it', async () => {
    const one = { ...assignment, maxPerParticipant: 1 };
    const { played, state } = await bothOf({ assignment: one }, leaving);
    const spread = (participants: number): number =>
      ONCE_IN_A_MILLION * Math.sqrt(2 * participants * STAYS * (1 - STAYS));
    const difference = completed(state).length - completed(played).length;
    expect(Math.abs(difference)).toBeLessThan(spread(habits.participants));
    for (const game of ['explore', 'teamwork']) {
      const apart = (byGame(state)[game] ?? 0) - (byGame(played)[game] ?? 0);
      expect(Math.abs(apart)).toBeLessThan(spread(habits.participants));
    }
  });
});

describe.each(OTHERS)('a preflight with %s', (strategy) => {
  const assignment = { ...CAST, strategy, maxPerParticipant: 2 };

  it('fills every combination with exactly as many as the study does', async () => {
    const { played, state } = await bothOf(
      { assignment, quotas: { perCombination: 7 } },
      { participants: FEW },
    );
    expect(byCell(state)).toEqual(byCell(played));
    expect(Object.values(byCell(state))).toEqual([7, 7, 7, 7]);
  });

  it('completes the same in all and in each game and, unless chance decides, in each combination', async () => {
    const { played, state } = await bothOf({ assignment }, { participants: FEW });
    expect(completed(state)).toHaveLength(2 * FEW);
    expect(completed(played)).toHaveLength(2 * FEW);
    expect(byGame(state)).toEqual(byGame(played));
    if (strategy !== 'random-unique') expect(byCell(state)).toEqual(byCell(played));
  });
});
