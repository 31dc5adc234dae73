import { describe, expect, it } from 'vitest';
import { examplePlan, limitedGames } from '../../testing/examplePlan.ts';
import { plannedExample } from '../../testing/experimentTable.ts';
import { simulated, steadfast } from '../../testing/simulated.ts';
import { createExperimentFold } from '../state.ts';
import type { Journey } from './journey.ts';
import { DEFAULT_POPULATION } from './population.ts';
import type { Population } from './population.ts';
import type { Simulation } from './simulateExperiment.ts';

const forms = [
  {
    name: 'consent',
    trigger: { event: 'before-all-assignments' },
    questions: [{ key: 'agreed', prompt: 'Do you agree?', type: 'bool', mustBe: true }],
  },
  {
    name: 'impression',
    trigger: { event: 'after-assignment', games: ['explore'] },
    questions: [{ key: 'remark', prompt: 'What was it like?', type: 'string' }],
  },
];

const leaving = (dropOut: Partial<Population['dropOut']>, comesBack = 0): Population => ({
  ...steadfast,
  dropOut: { ...steadfast.dropOut, ...dropOut },
  comesBack,
});

const outcomes = ({ journeys }: Simulation): Readonly<Record<string, number>> => {
  const nameOf = ({ outcome }: Journey): string =>
    [
      outcome.type,
      ...('stage' in outcome ? [outcome.stage] : []),
      ...('reason' in outcome ? [outcome.reason] : []),
    ].join(' ');
  return Object.fromEntries([...Map.groupBy(journeys, nameOf)].map(([name, some]) => [name, some.length]));
};

const statuses = ({ state }: Simulation): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...Map.groupBy(state.assignments.values(), ({ status }) => status)].map(([name, some]) => [
      name,
      some.length,
    ]),
  );

describe('a simulation', () => {
  it('takes everybody who stays through all their assignments and forms', () => {
    const simulation = simulated({ forms, assignment: { maxPerParticipant: 2 } });
    expect(outcomes(simulation)).toEqual({ finished: 40 });
    expect(statuses(simulation)).toEqual({ completed: 80 });
    for (const { asked } of simulation.journeys) expect(asked).toContain('consent');
    const answered = simulation.events.filter(({ type }) => type === 'formSubmitted').length;
    const explored = [...simulation.state.assignments.values()].filter(
      ({ game }) => game === 'explore',
    ).length;
    expect(answered).toBe(40 + explored);
  });

  it('writes a log like a real one: it folds to the same state, and its times never go back', () => {
    const { events, state } = simulated({ forms }, { population: DEFAULT_POPULATION });
    const fold = createExperimentFold();
    for (const event of events) fold.apply(event);
    expect(fold.state).toEqual(state);
    const times = events.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('goes the same way with the same seed, and another with another', () => {
    const once = simulated({ forms }, { population: DEFAULT_POPULATION });
    expect(simulated({ forms }, { population: DEFAULT_POPULATION }).events).toEqual(once.events);
    expect(simulated({ forms }, { population: DEFAULT_POPULATION, seed: 'b' }).events).not.toEqual(
      once.events,
    );
  });

  it('has people behave as they did when more of them come', () => {
    const few = simulated({ assignment: { strategy: 'random-unique' } }, { participants: 10 });
    const many = simulated({ assignment: { strategy: 'random-unique' } }, { participants: 30 });
    expect(many.journeys.slice(0, 10)).toEqual(few.journeys);
  });

  it('has people leave at forms, before assignments and in sessions', () => {
    expect(outcomes(simulated({ forms }, { population: leaving({ form: 1 }) }))).toEqual({
      'left before-all-assignments': 40,
    });
    expect(outcomes(simulated({}, { population: leaving({ assignment: 1 }) }))).toEqual({
      'left assignment': 40,
    });
    const inSessions = simulated({}, { population: leaving({ session: 1 }) });
    expect(outcomes(inSessions)).toEqual({ 'left session': 40 });
    expect(statuses(inSessions)).toEqual({ interrupted: 40 });
  });

  it('has those who come back go on with what they have left', () => {
    const { state } = simulated({}, { population: leaving({ session: 0.5 }, 1) });
    const attempts = [...state.assignments.values()].map((assignment) => assignment.attempts);
    expect(attempts.every((some) => some.at(-1)?.reason === 'game_completed')).toBe(true);
    expect(attempts.some((some) => some.length > 1)).toBe(true);
  });

  it('has them play on from where they broke off, unless the file has it begun anew', () => {
    const population = leaving({ session: 0.5 }, 1);
    const attemptsOf = (afterInterruption: string) =>
      [...simulated({ assignment: { afterInterruption } }, { population }).state.assignments.values()]
        .map(({ attempts }) => attempts)
        .filter(({ length }) => length > 1);
    const goneOn = attemptsOf('resume').flatMap((attempts) => attempts.slice(1));
    expect(goneOn.some(({ goesOnFrom }) => goesOnFrom !== null)).toBe(true);
    const anew = attemptsOf('restart').flat();
    expect(anew.length).toBeGreaterThan(1);
    expect(anew.every(({ goesOnFrom }) => goesOnFrom === null)).toBe(true);
  });

  it('fills quotas exactly, giving places that were left alone to others', () => {
    const file = { quotas: { perGame: 5 }, assignment: { maxPerParticipant: 1, holdMinutes: 30 } };
    const population = { ...leaving({ assignment: 0.5 }), arrivalsPerHour: 2 };
    const simulation = simulated(file, { population });
    const completers = Map.groupBy(
      [...simulation.state.assignments.values()].filter(({ status }) => status === 'completed'),
      ({ game }) => game,
    );
    const counts = Object.fromEntries([...completers].map(([game, some]) => [game, some.length]));
    expect(counts).toEqual({ explore: 5, teamwork: 5 });
    expect(simulation.events.some(({ type }) => type === 'assignmentLapsed')).toBe(true);
  });

  it('turns away those for whom there is no place, and says why', () => {
    expect(outcomes(simulated({ quotas: { participants: 15 } }))).toEqual({
      finished: 15,
      'turnedAway joining experiment/full': 25,
    });
    const startsAt = 1_800_000_000_000;
    const planned = { ...plannedExample({}), window: { opensAt: null, closesAt: startsAt } };
    expect(outcomes(simulated({}, { planned }))).toEqual({ 'turnedAway joining experiment/closed': 40 });
  });

  it('begins when the experiment opens, where that is later', () => {
    const startsAt = 1_800_000_000_000;
    const opensAt = startsAt + 30 * 24 * 3_600_000;
    const planned = { ...plannedExample({}), window: { opensAt, closesAt: null } };
    const simulation = simulated({}, { planned, startsAt });
    expect(outcomes(simulation)).toEqual({ finished: 40 });
    expect(simulation.input.startsAt).toBe(opensAt);
    const openAlready = { ...planned, window: { opensAt: startsAt - 1, closesAt: null } };
    expect(simulated({}, { planned: openAlready, startsAt }).input.startsAt).toBe(startsAt);
  });

  it('lets people choose where the file does', () => {
    const assignment = { participantChooses: true, strategy: 'full-character-access', maxPerParticipant: 1 };
    const { state } = simulated({ assignment });
    const given = [...state.assignments.values()];
    expect(given.every(({ chosen }) => chosen)).toBe(true);
    expect(new Set(given.map(({ npc }) => npc))).toEqual(new Set(['ANT', 'BEE', 'CAT']));
  });

  it('has the models of the file play, who neither tire nor leave', () => {
    const players = { humans: false, models: [{ model: 'scripted', participants: 3 }] };
    const simulation = simulated(
      { players },
      { population: leaving({ form: 1, assignment: 1, session: 1 }) },
    );
    expect(outcomes(simulation)).toEqual({ finished: 3 });
    expect(simulation.journeys.map(({ kind }) => kind)).toEqual(['model', 'model', 'model']);
  });

  it('has no more models of a kind play at the same time than its file allows, and each takes its time', () => {
    const players = { humans: false, models: [{ model: 'scripted', participants: 5, atOnce: 2 }] };
    const { events, state } = simulated({ players, assignment: { maxPerParticipant: 1 } });
    let playing = 0;
    const most = events.map(({ type }) => {
      if (type === 'assignmentStarted') playing += 1;
      if (type === 'assignmentCompleted') playing -= 1;
      return playing;
    });
    expect(Math.max(...most)).toBe(2);
    expect([...state.assignments.values()].map(({ status }) => status)).toEqual(
      Array.from({ length: 5 }, () => 'completed'),
    );
    for (const { attempts } of state.assignments.values()) {
      const [attempt] = attempts;
      expect((attempt?.endedAt ?? 0) - (attempt?.startedAt ?? 0)).toBeGreaterThan(1000);
    }
  });

  describe('of games with limits', () => {
    const steady = { ...steadfast, secondsPerTurn: { median: 30, sigma: 0 } };
    const limited = (overrides: Readonly<Record<string, unknown>>, population: Population = steady) => {
      const file = { games: [{ name: 'explore', overrides }, { name: 'teamwork' }] };
      const planned = { ...plannedExample(file), plan: examplePlan(file, limitedGames) };
      const { state } = simulated({}, { planned, population });
      const explored = [...state.assignments.values()].filter(({ game }) => game === 'explore');
      return explored.flatMap(({ attempts }) => attempts);
    };
    const mostTurns = (attempts: ReturnType<typeof limited>): number =>
      Math.max(...attempts.map(({ turns }) => turns ?? 0));

    it('has no session with more turns than the settings of its game allow, and as many where they allow more', () => {
      expect(mostTurns(limited({ maxTurns: 5 }))).toBe(5);
      const patient = { ...steady, turnsPerSession: { median: 100, sigma: 0 } };
      expect(mostTurns(limited({ maxTurns: 200, maxPlaytimeSeconds: 3600 }, patient))).toBe(100);
    });

    it('has nobody play for longer than there is time, also if they broke off in between', () => {
      const restless = { ...steady, ...leaving({ session: 0.5 }, 1), secondsPerTurn: steady.secondsPerTurn };
      const attempts = limited({ maxPlaytimeSeconds: 120 }, restless);
      expect(attempts.some(({ goesOnFrom }) => goesOnFrom !== null)).toBe(true);
      expect(mostTurns(attempts)).toBe(4);
      for (const { startedAt, endedAt } of attempts) {
        expect((endedAt ?? 0) - startedAt).toBeLessThanOrEqual(120_000);
      }
    });

    it('has a turn at least in the shortest of them', () => {
      expect(mostTurns(limited({ maxPlaytimeSeconds: 1 }))).toBe(1);
    });
  });

  it('takes nobody in who could not have anything: a page says so before they begin', () => {
    const file = { forms, quotas: { perGame: 3 }, assignment: { maxPerParticipant: 1 } };
    const population = { ...steadfast, arrivalsPerHour: 1 };
    expect(outcomes(simulated(file, { population }))).toEqual({
      finished: 6,
      'turnedAway joining experiment/full': 34,
    });
  });

  it('has people know about some of those whom they may meet', () => {
    const expertise = {
      name: 'background',
      trigger: { event: 'before-all-assignments' },
      questions: [{ key: 'expertise', prompt: 'What do you know about?', type: 'string' }],
    };
    const assignment = { strategy: 'expertise-matched-character-next', maxPerParticipant: 1 };
    const { state } = simulated({ forms: [expertise], assignment });
    expect(new Set([...state.assignments.values()].map(({ npc }) => npc))).toEqual(
      new Set(['ANT', 'BEE', 'CAT']),
    );
  });
});
