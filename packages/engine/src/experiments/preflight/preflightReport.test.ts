import { describe, expect, it } from 'vitest';
import { examplePlan, limitedGames } from '../../testing/examplePlan.ts';
import { plannedExample } from '../../testing/experimentTable.ts';
import { simulated, steadfast } from '../../testing/simulated.ts';
import { DEFAULT_POPULATION } from './population.ts';
import type { Population } from './population.ts';
import { preflightReport } from './preflightReport.ts';
import type { SimulationInput } from './simulateExperiment.ts';

const reportOf = (file: Readonly<Record<string, unknown>>, input: Partial<SimulationInput> = {}) =>
  preflightReport(simulated(file, input));

const priced = (dollarsPerCall: number): Population => ({
  ...steadfast,
  turnsPerSession: { median: 10, sigma: 0 },
  secondsPerTurn: { median: 60, sigma: 0 },
  models: {
    ...steadfast.models,
    opener: { callsPerTurn: 0, callsPerSession: 1, dollarsPerCall },
    updater: { callsPerTurn: 1, callsPerSession: 0, dollarsPerCall },
    playerJudge: { callsPerTurn: 3, callsPerSession: 0, dollarsPerCall },
    simulatorJudge: { callsPerTurn: 6, callsPerSession: 0, dollarsPerCall },
    scorer: { callsPerTurn: 0, callsPerSession: 1, dollarsPerCall },
  },
});

describe('the balance of a simulation', () => {
  it('is even where everybody is given what was played least', () => {
    const { balances, verdict } = reportOf({ assignment: { strategy: 'least-played-combination-next' } });
    const games = balances.find(({ id }) => id === 'games');
    expect(games).toMatchObject({ least: 60, most: 60, chiSquare: 0, verdict: 'even' });
    expect(games?.cells).toEqual([
      { name: 'explore', label: 'explore', count: 60, expected: 60 },
      { name: 'teamwork', label: 'teamwork', count: 60, expected: 60 },
    ]);
    expect(balances.find(({ id }) => id === 'simulatedCharacters')).toMatchObject({ verdict: 'even' });
    expect(verdict.reasons).not.toContainEqual(expect.stringMatching('games are uneven'));
  });

  it('is uneven where all are given the same, which the verdict says', () => {
    const { balances, verdict } = reportOf({ assignment: { strategy: 'full-character-access' } });
    expect(balances.find(({ id }) => id === 'games')).toMatchObject({
      least: 0,
      most: 120,
      verdict: 'uneven',
    });
    expect(verdict.readiness).toBe('not ready');
    expect(verdict.reasons).toContain('Nobody came to 1 game: teamwork.');
    expect(verdict.reasons).toContain(
      'The games are uneven: from 0 to 120 completed assignments each. full-character-access does not even them out; quotas would.',
    );
  });

  it('puts an experiment in doubt where its strategy should have made it even', () => {
    const [others, one] = [['ANT', 'BEE'], ['CAT']];
    const assignment = { maxPerParticipant: 1, playerCharacters: one, simulatedCharacters: others };
    const verdictOn = (strategy: string) => reportOf({ assignment: { ...assignment, strategy } }).verdict;
    expect(verdictOn('next-incomplete-combination').reasons).toContain(
      'The characters that are met are uneven: from 0 to 40 completed assignments each.',
    );
    expect(verdictOn('least-played-combination-next').readiness).toBe('ready');
  });

  it('is for the participants to decide where they choose, a game first', () => {
    const games = [{ name: 'explore' }, { name: 'teamwork' }];
    const assignment = { participantChooses: true, strategy: 'full-character-access', maxPerParticipant: 2 };
    const { balances, verdict } = reportOf({ games, assignment }, { participants: 200 });
    expect(balances.find(({ id }) => id === 'games')).toMatchObject({ verdict: 'even' });
    expect(verdict).toMatchObject({ readiness: 'ready' });
    expect(verdict.reasons).toContain(
      'Participants choose what they play: how even it becomes is for them to decide.',
    );
  });

  it('says nothing where there are too few assignments for the number of cells', () => {
    const { balances } = reportOf({}, { participants: 3 });
    expect(balances.find(({ id }) => id === 'combinations')).toMatchObject({ verdict: 'sparse' });
  });

  it('expects of a character no more than the games in which it is can give', () => {
    const games = [{ name: 'explore' }, { name: 'teamwork' }];
    const { balances } = reportOf({
      games,
      assignment: { simulatedCharacters: ['ANT'], playerCharacters: ['BEE', 'CAT'] },
    });
    expect(balances.map(({ id }) => id)).toEqual(['games', 'playerCharacters', 'combinations']);
  });
});

describe('the quotas of a simulation', () => {
  it('say by whom they are filled, and how many participants that takes', () => {
    const { quotas, needed, verdict } = reportOf({
      quotas: { participants: 40, perGame: 10 },
      assignment: { maxPerParticipant: 1, strategy: 'least-played-combination-next' },
    });
    expect(quotas).toMatchObject([
      { id: 'participants', places: 40, filled: 20, filledBy: null },
      { id: 'perGame', quota: 10, cells: 2, places: 20, filled: 20 },
    ]);
    expect(needed?.isEstimate).toBe(false);
    expect(needed?.participants).toBeGreaterThanOrEqual(20);
    expect(verdict.reasons).toContainEqual(
      expect.stringMatching(/^All games and characters have whom they need after \d+ participants\.$/),
    );
  });

  it('say how far they came and what it would take when too few come', () => {
    const { quotas, needed, verdict } = reportOf({
      quotas: { perGame: 50 },
      assignment: { maxPerParticipant: 1, strategy: 'least-played-combination-next' },
    });
    expect(quotas).toMatchObject([{ id: 'perGame', places: 100, filled: 40, filledBy: null }]);
    expect(needed).toEqual({ participants: 100, isEstimate: true });
    expect(verdict).toMatchObject({ readiness: 'not ready' });
    expect(verdict.reasons.slice(0, 2)).toEqual([
      'Of 100 places for participants of each game, 40 are filled by 40 participants.',
      'It takes about 100 participants to fill what is to be filled.',
    ]);
  });

  it('are filled in time where places are kept for people who have left, and others are there for them', () => {
    const leaving = { ...steadfast, dropOut: { ...steadfast.dropOut, assignment: 0.2 } };
    const file = {
      games: [{ name: 'explore' }],
      quotas: { perCharacter: 8 },
      assignment: { maxPerParticipant: 1, strategy: 'least-played-combination-next', holdMinutes: 500_000 },
    };
    const { quotas, verdict } = reportOf(file, { population: leaving });
    const [fill] = quotas;
    expect(fill).toMatchObject({ id: 'perCharacter', places: 24, filledBy: null });
    expect((fill?.filled ?? 0) + (fill?.kept ?? 0)).toBe(24);
    expect(verdict.reasons).not.toContainEqual(expect.stringMatching(/^It takes about/));
    expect(verdict.reasons).toContainEqual(
      expect.stringMatching(
        /The others are kept for people who have left, for 500000 minutes each \(assignment\.holdMinutes\)/,
      ),
    );
    const few = reportOf(file, { population: leaving, participants: 24 });
    expect(few.verdict).toMatchObject({ readiness: 'not ready' });
  });

  it('do not ask for as many participants as may take part where other quotas are filled', () => {
    const { verdict } = reportOf({
      quotas: { participants: 40, perGame: 10 },
      assignment: {
        maxPerParticipant: 1,
        strategy: 'least-played-combination-next',
        playerCharacters: ['CAT'],
        simulatedCharacters: ['ANT', 'BEE'],
      },
    });
    expect(verdict.readiness).toBe('ready');
    expect(verdict.reasons).toContain('20 of 40 who came could not take part any more.');
  });

  it('are counted in people: the same ones again fill nothing', () => {
    const { quotas } = reportOf({
      games: [{ name: 'explore' }],
      quotas: { perCombination: 3 },
      assignment: {
        strategy: 'least-played-combination-next',
        simulatedCharacters: ['ANT'],
        maxPerParticipant: 3,
      },
    });
    expect(quotas).toMatchObject([{ id: 'perCombination', cells: 2, places: 6, filled: 6 }]);
  });
});

describe('the effort of a simulation', () => {
  it('counts turns, calls by role, dollars and hours', () => {
    const { effort, verdict } = reportOf(
      { assignment: { maxPerParticipant: 2 } },
      { population: priced(0.01) },
    );
    expect(effort).toMatchObject({ sessions: 80, turns: 800, calls: 8160, minutesEach: 20 });
    expect(effort.dollars).toBeCloseTo(81.6);
    expect(effort.hoursOfPeople).toBeCloseTo((80 * 10) / 60);
    expect(effort.roles.find(({ role }) => role === 'simulatorJudge')).toMatchObject({ calls: 4800 });
    expect(verdict.reasons).toContain('Models cost about 81.60 dollars.');
  });

  it('counts once what is played on from, and again what is begun anew', () => {
    const leavers = { ...priced(0.01), dropOut: { form: 0, assignment: 0, session: 0.5 }, comesBack: 1 };
    const effortWith = (afterInterruption: string) =>
      reportOf({ assignment: { maxPerParticipant: 2, afterInterruption } }, { population: leavers }).effort;
    const [goneOn, anew] = [effortWith('resume'), effortWith('restart')];
    expect(goneOn.turns).toBe(800);
    expect(goneOn.sessions).toBeGreaterThan(80);
    expect(anew.turns).toBeGreaterThan(800);
    expect(goneOn.calls).toBeLessThan(anew.calls);
  });

  it('is not ready when models cost more than the cap of the experiment', () => {
    const { verdict } = reportOf({ caps: { experiment: { dollars: 20 } } }, { population: priced(0.01) });
    expect(verdict).toMatchObject({ readiness: 'not ready' });
    expect(verdict.reasons[0]).toMatch(/^Models cost about \d+\.\d\d dollars, and the cap is 20 dollars/);
  });

  it('does not take an unknown price for none', () => {
    const { effort, verdict } = reportOf({ caps: { experiment: { dollars: 20 } } });
    expect(effort.dollars).toBeNull();
    expect(verdict.reasons).toContainEqual(
      expect.stringMatching(/calls to models cost is not known; the cap is 20/),
    );
  });
});

describe('what nobody came to in a simulation', () => {
  it('is named: forms, games and characters', () => {
    const late = {
      name: 'late_remark',
      trigger: { event: 'after-turns', turns: 60 },
      questions: [{ key: 'remark', prompt: 'Well?', type: 'string' }],
    };
    const { unreached, verdict } = reportOf({
      forms: [late],
      assignment: { strategy: 'next-incomplete-combination', maxPerParticipant: 1 },
    });
    expect(unreached).toEqual([
      { kind: 'game', name: 'teamwork', isImpossible: false },
      { kind: 'playerCharacter', name: 'ANT', isImpossible: false },
      { kind: 'playerCharacter', name: 'CAT', isImpossible: false },
      { kind: 'simulatedCharacter', name: 'BEE', isImpossible: false },
      { kind: 'simulatedCharacter', name: 'CAT', isImpossible: false },
      { kind: 'form', name: 'late_remark', isImpossible: false },
    ]);
    expect(verdict.reasons).toContain(
      'Nobody came to 2 characters to be met: BEE label (BEE), CAT label (CAT).',
    );
    expect(verdict.reasons).toContain('Nobody came to 1 form: late_remark.');
  });

  it('is told apart from forms that are asked after more turns than any of their games has', () => {
    const after = (turns: number, games?: readonly string[]) => ({
      name: `remark_after_${turns}`,
      trigger: { event: 'after-turns', turns, ...(games === undefined ? {} : { games }) },
      questions: [{ key: 'remark', prompt: 'Well?', type: 'string' }],
    });
    const file = {
      games: [{ name: 'explore', overrides: { maxTurns: 5 } }, { name: 'teamwork' }],
      forms: [after(6), after(7, ['explore']), after(50), after(51)],
    };
    const planned = { ...plannedExample(file), plan: examplePlan(file, limitedGames) };
    const { unreached, verdict } = reportOf({}, { planned });
    expect(unreached.filter(({ kind }) => kind === 'form')).toEqual([
      { kind: 'form', name: 'remark_after_7', isImpossible: true },
      { kind: 'form', name: 'remark_after_50', isImpossible: false },
      { kind: 'form', name: 'remark_after_51', isImpossible: true },
    ]);
    expect(verdict.reasons).toContain('Nobody can ever come to 2 forms: remark_after_7, remark_after_51.');
  });

  it('is told apart from what nobody can ever come to', () => {
    const assignment = { playerCharacters: ['ANT'], simulatedCharacters: ['ANT'] };
    const { unreached, verdict } = reportOf({ games: [{ name: 'explore' }], assignment });
    expect(unreached).toContainEqual({ kind: 'game', name: 'explore', isImpossible: true });
    expect(verdict).toMatchObject({ readiness: 'not ready' });
    expect(verdict.reasons).toContain('Nobody can ever come to 1 game: explore.');
  });
});

describe('the verdict on a simulation', () => {
  it('is ready when everybody finds something to do and everything is even', () => {
    const { verdict, people } = reportOf({
      assignment: { strategy: 'random-unique-game', maxPerParticipant: 2 },
    });
    expect(verdict).toEqual({ readiness: 'ready', reasons: ['40 of 40 participants finish (100 %).'] });
    expect(people).toEqual({
      came: 40,
      joined: 40,
      finished: 40,
      left: 0,
      leftEarly: 0,
      refused: 0,
      stranded: 0,
    });
  });

  it('is doubtful when many leave', () => {
    const population = { ...DEFAULT_POPULATION, dropOut: { form: 0, assignment: 0.4, session: 0 } };
    const { verdict, stages } = reportOf(
      { assignment: { strategy: 'random-unique-game', maxPerParticipant: 2 } },
      { population },
    );
    expect(verdict).toMatchObject({ readiness: 'doubtful' });
    expect(verdict.reasons[0]).toMatch(
      /participants leave before they have completed anything \(\d+ %\)\. Ask less/,
    );
    const assignment = stages.find(({ stage }) => stage === 'assignment');
    expect(assignment).toMatchObject({ reached: 40, turnedAway: 0 });
    expect(assignment?.left).toBeGreaterThan(10);
  });

  it('is ready when people leave a long way, and most of them have completed something', () => {
    const population = { ...steadfast, dropOut: { ...steadfast.dropOut, assignment: 0.12 } };
    const { verdict, people } = reportOf(
      {
        assignment: {
          strategy: 'least-played-combination-next',
          maxPerParticipant: 6,
          playerCharacters: ['CAT'],
          simulatedCharacters: ['ANT', 'BEE'],
        },
      },
      { population, participants: 200 },
    );
    expect(people.left).toBeGreaterThan(80);
    expect(verdict.readiness).toBe('ready');
    expect(verdict.reasons).toContain(
      `${people.left} of 200 participants leave before the end (${Math.round(people.left / 2)} %), ${people.left - people.leftEarly} of them with something completed.`,
    );
  });

  it('is not ready when nobody may come', () => {
    const { verdict } = reportOf({ players: { humans: false } });
    expect(verdict.readiness).toBe('not ready');
    expect(verdict.reasons).toContain('Nobody came: people may not take part, and the file names no models.');
  });
});

describe('the charts of a simulation', () => {
  it('have as many values in each series as keys, and times that ascend', () => {
    const { charts } = reportOf(
      { quotas: { participants: 20, perGame: 10 } },
      { population: DEFAULT_POPULATION },
    );
    expect(charts.map(({ id }) => id)).toEqual([
      'balance-games',
      'balance-playerCharacters',
      'balance-simulatedCharacters',
      'balance-combinations',
      'quotas',
      'people',
      'drop-out',
      'calls',
    ]);
    for (const { keys, series, hours = [] } of charts) {
      for (const { values } of series) expect(values).toHaveLength(keys.length);
      expect(hours).toEqual(hours.toSorted((a, b) => a - b));
    }
  });

  it('call characters by what people call them, with their handles', () => {
    const { charts, balances } = reportOf({});
    const keysOf = (id: string) => charts.find((chart) => chart.id === id)?.keys;
    expect(new Set(keysOf('balance-simulatedCharacters'))).toEqual(
      new Set(['ANT label (ANT)', 'BEE label (BEE)', 'CAT label (CAT)']),
    );
    expect(keysOf('balance-combinations')).toContain('explore, ANT label (ANT), BEE label (BEE)');
    const met = balances.find(({ id }) => id === 'simulatedCharacters');
    expect(new Set(met?.cells.map(({ name }) => name))).toEqual(new Set(['ANT', 'BEE', 'CAT']));
  });

  it('show quotas that never fall and end where they were filled', () => {
    const { charts } = reportOf({ quotas: { participants: 20 } });
    const values = charts.find(({ id }) => id === 'quotas')?.series[0]?.values ?? [];
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    expect(values.at(-1)).toBe(100);
  });
});
