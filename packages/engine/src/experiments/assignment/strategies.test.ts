import { describe, expect, it } from 'vitest';
import { CAST, past, placesIn, poolGame, strategyInput } from '../../testing/strategyTable.ts';
import { ASSIGNMENT_STRATEGIES_BY_NAME as strategies } from './strategies.ts';
import type { AssignmentStrategyName } from './strategyName.ts';
import type { StrategyInput } from './strategy.ts';

const TITLES = ['Explore', 'Infer Intent', 'Foresight', 'Goal Horizon', 'Teamwork'];

const order = (name: AssignmentStrategyName, parts: Partial<StrategyInput> = {}): readonly string[] =>
  placesIn(strategies[name](strategyInput(parts)));

const gamesIn = (places: readonly string[]): readonly string[] => [
  ...new Set(places.map((place) => place.split(' ')[0] ?? '')),
];

const EXPLORE = [
  'explore ANT BEE',
  'explore ANT CAT',
  'explore BEE ANT',
  'explore BEE CAT',
  'explore CAT ANT',
  'explore CAT BEE',
];
const TEAMWORK = EXPLORE.map((place) => place.replace('explore', 'teamwork'));

describe('every strategy', () => {
  const names = Object.keys(strategies) as AssignmentStrategyName[];

  it.each(names)('%s lets nobody meet themselves unless the experiment allows it', (name) => {
    const alone = { games: [poolGame('explore', ['ANT'], ['ANT'])] };
    expect(order(name, alone)).toEqual([]);
    expect(order(name, { ...alone, sameCharacter: true })).toEqual(['explore ANT ANT']);
  });

  it.each(names)('%s offers places in games that cast nobody', (name) => {
    const uncast = { game: 'duel', drawnAs: 'Duel', pcs: [null], npcs: [null] };
    expect([...strategies[name](strategyInput({ games: [uncast] }))]).toMatchObject([
      { game: 'duel', pc: null, npc: null },
    ]);
  });

  it.each(names)('%s offers nothing where there is no cast', (name) => {
    expect(order(name, { games: [poolGame('explore', [], CAST), poolGame('teamwork', CAST, [])] })).toEqual(
      [],
    );
  });

  it.each(names)('%s goes on to what is open when its first choice is not', (name) => {
    const [first] = order(name);
    const isOpen: StrategyInput['isOpen'] = (candidate) => !placesIn([candidate]).includes(first ?? '');
    const places = order(name, { isOpen });
    expect(places).not.toContain(first);
    expect(places.length).toBeGreaterThan(0);
  });
});

describe('random-unique', () => {
  const games = TITLES.map((title) => ({ ...poolGame(title.replace(' ', ''), CAST, CAST), drawnAs: title }));

  it.each([
    ['p1', ['Teamwork', 'InferIntent', 'Foresight', 'GoalHorizon', 'Explore']],
    ['p2', ['Teamwork', 'GoalHorizon', 'Explore', 'Foresight', 'InferIntent']],
    ['000000000000000000000001', ['Foresight', 'InferIntent', 'GoalHorizon', 'Teamwork', 'Explore']],
  ])('gives %s the games in the order that studies elsewhere have', (participantId, expected) => {
    const given: string[] = [];
    for (const _ of expected) {
      const history = given.map((place) => past(place));
      given.push(...order('random-unique', { games, participantId, history }).slice(0, 1));
    }
    expect(gamesIn(given)).toEqual(expected);
    expect(
      order('random-unique', { games, participantId, history: given.map((place) => past(place)) }),
    ).toEqual([]);
  });

  it('keeps the order of those games that are left when others are full', () => {
    expect(gamesIn(order('random-unique', { games, full: new Set(['InferIntent', 'Explore']) }))).toEqual([
      'Teamwork',
      'Foresight',
      'GoalHorizon',
    ]);
  });

  it('offers each character once in each game, first the one that is drawn for the title of the game', () => {
    const four = { ...poolGame('a', ['A', 'B', 'C', 'D'], ['A', 'B', 'C', 'D']), drawnAs: 'Explore' };
    expect(order('random-unique', { games: [four] })).toEqual(['a C B', 'a A B', 'a B A', 'a D B']);
  });

  it('takes a game that was dropped as one that was never given', () => {
    const history = [past('Teamwork ANT BEE', 'dropped'), past('InferIntent ANT BEE', 'interrupted')];
    expect(gamesIn(order('random-unique', { games, history }))).toEqual([
      'Teamwork',
      'Foresight',
      'GoalHorizon',
      'Explore',
    ]);
  });
});

describe('random-unique-game', () => {
  it('offers all places of each game that was not given yet, shuffled as elsewhere', () => {
    const explore = { ...poolGame('explore', ['A', 'B'], ['A', 'C', 'D']), drawnAs: 'Explore' };
    expect(order('random-unique-game', { games: [explore] })).toEqual([
      'explore A C',
      'explore B D',
      'explore A D',
      'explore B A',
      'explore B C',
    ]);
  });

  it('begins with all places of one game, and leaves out games that were given', () => {
    const places = order('random-unique-game');
    expect(places.toSorted()).toEqual([...EXPLORE, ...TEAMWORK].toSorted());
    const [first = ''] = gamesIn(places);
    expect(gamesIn(places.slice(0, 6))).toEqual([first]);
    expect(gamesIn(order('random-unique-game', { history: [past(`${first} ANT BEE`, 'assigned')] }))).toEqual(
      gamesIn(places).slice(1),
    );
  });
});

describe('full-character-access', () => {
  it('offers everything in the order of the file and of the filters', () => {
    expect(
      order('full-character-access', { games: [poolGame('explore', ['CAT', 'ANT'], ['BEE', 'ANT'])] }),
    ).toEqual(['explore CAT BEE', 'explore CAT ANT', 'explore ANT BEE']);
  });
});

describe('unplayed-combination-choice', () => {
  it('puts what was completed behind all that was not, by how often', () => {
    const history = [
      past('explore ANT BEE'),
      past('explore ANT CAT'),
      past('explore ANT CAT'),
      past('explore BEE ANT', 'interrupted'),
    ];
    expect(order('unplayed-combination-choice', { history })).toEqual([
      ...EXPLORE.slice(2),
      ...TEAMWORK,
      'explore ANT BEE',
      'explore ANT CAT',
    ]);
  });
});

describe('next-incomplete-combination', () => {
  it('goes through the characters of a game by their handles, and then through the next game', () => {
    expect(order('next-incomplete-combination')).toEqual(['explore BEE ANT', 'explore CAT ANT']);
    expect(order('next-incomplete-combination', { history: [past('explore BEE ANT')] })).toEqual([
      'explore ANT BEE',
      'explore CAT BEE',
    ]);
    const history = CAST.map((npc) => past(`explore X ${npc}`));
    expect(order('next-incomplete-combination', { history })).toEqual([
      'teamwork BEE ANT',
      'teamwork CAT ANT',
    ]);
  });

  it('has nothing left for somebody who has met everybody in every game', () => {
    const history = ['explore', 'teamwork'].flatMap((game) => CAST.map((npc) => past(`${game} X ${npc}`)));
    expect(order('next-incomplete-combination', { history })).toEqual([]);
  });
});

describe('least-played-combination-next', () => {
  it('offers the encounter that everybody has played least often, by whom the participant plays', () => {
    const timesPlayed = (game: string, npc: string | null): number =>
      game === 'explore' || npc === 'ANT' ? 2 : 1;
    expect(order('least-played-combination-next', { timesPlayed })).toEqual([
      'teamwork ANT BEE',
      'teamwork CAT BEE',
    ]);
  });

  it('takes the one that fewest have been given and not begun where several were played equally often', () => {
    const timesPlayed = (game: string): number => (game === 'explore' ? 0 : 1);
    const timesWaiting = (_game: string, npc: string | null): number => (npc === 'CAT' ? 1 : 2);
    expect(order('least-played-combination-next', { timesPlayed, timesWaiting })).toEqual([
      'explore ANT CAT',
      'explore BEE CAT',
    ]);
  });
});

describe('progressive-divergence-assignment', () => {
  const divergence: StrategyInput['divergence'] = (left, right) =>
    left === 'ANT' && right === 'CAT' ? 7 : 1;

  it('begins with what everybody has played least often', () => {
    const timesPlayed = (game: string): number => (game === 'explore' ? 1 : 0);
    expect(order('progressive-divergence-assignment', { divergence, timesPlayed })).toEqual([
      'teamwork BEE ANT',
      'teamwork CAT ANT',
    ]);
  });

  it('goes on with the character that is farthest from the one who was met last, where it was played least', () => {
    const history = [
      past('explore BEE CAT'),
      past('explore BEE ANT'),
      past('explore ANT BEE', 'interrupted'),
    ];
    const timesPlayed = (game: string): number => (game === 'explore' ? 3 : 2);
    expect(order('progressive-divergence-assignment', { divergence, history, timesPlayed })).toEqual([
      'teamwork ANT CAT',
      'teamwork BEE CAT',
    ]);
    const timesWaiting = (game: string): number => (game === 'explore' ? 1 : 2);
    expect(order('progressive-divergence-assignment', { divergence, history, timesWaiting })).toEqual([
      'explore ANT CAT',
      'explore BEE CAT',
    ]);
  });
});

describe('max-contrast-pairing', () => {
  it('offers everything, those who are farthest apart first', () => {
    const divergence: StrategyInput['divergence'] = (left, right) =>
      left === 'CAT' && right === 'ANT' ? 9 : left === 'BEE' ? 4 : 0;
    expect(order('max-contrast-pairing', { divergence })).toEqual([
      'explore CAT ANT',
      'teamwork CAT ANT',
      'explore BEE ANT',
      'explore BEE CAT',
      'teamwork BEE ANT',
      'teamwork BEE CAT',
      'explore ANT BEE',
      'explore ANT CAT',
      'explore CAT BEE',
      'teamwork ANT BEE',
      'teamwork ANT CAT',
      'teamwork CAT BEE',
    ]);
  });
});

describe('the strategies by expertise', () => {
  const matchesExpertise = (npc: string | null): boolean => npc === 'CAT';

  it('let somebody choose among all, those they know about first', () => {
    expect(order('expertise-matched-character-choice', { matchesExpertise })).toEqual([
      'explore ANT CAT',
      'explore BEE CAT',
      'teamwork ANT CAT',
      'teamwork BEE CAT',
      'explore ANT BEE',
      'explore BEE ANT',
      'explore CAT ANT',
      'explore CAT BEE',
      'teamwork ANT BEE',
      'teamwork BEE ANT',
      'teamwork CAT ANT',
      'teamwork CAT BEE',
    ]);
  });

  it('give the best encounter that somebody has not completed yet, and nothing after the last', () => {
    const next = (history: readonly string[]): readonly string[] =>
      order('expertise-matched-character-next', {
        matchesExpertise,
        history: history.map((one) => past(one)),
      });
    expect(next([])).toEqual(['explore ANT CAT', 'explore BEE CAT']);
    expect(next(['explore ANT CAT'])).toEqual(['teamwork ANT CAT', 'teamwork BEE CAT']);
    expect(next(['explore ANT CAT', 'teamwork ANT CAT'])).toEqual(['explore BEE ANT', 'explore CAT ANT']);
    const all = ['explore', 'teamwork'].flatMap((game) => CAST.map((npc) => `${game} X ${npc}`));
    expect(next(all)).toEqual([]);
  });

  it('go through all games with one character before the next, and mark what belongs together', () => {
    const given: string[] = [];
    const batches: (string | undefined)[] = [];
    const history = () => given.map((place, index) => ({ ...past(place), batchId: batches[index] ?? '' }));
    for (let next = 0; next < 6; next++) {
      const [candidate] = strategies['expertise-matched-character-batch'](
        strategyInput({ matchesExpertise, history: history() }),
      );
      given.push(...placesIn(candidate === undefined ? [] : [candidate]));
      batches.push(candidate?.batchId);
    }
    expect(given).toEqual([
      'explore ANT CAT',
      'teamwork ANT CAT',
      'explore BEE ANT',
      'teamwork BEE ANT',
      'explore ANT BEE',
      'teamwork ANT BEE',
    ]);
    expect(batches).toEqual(['CAT', 'CAT', 'ANT', 'ANT', 'BEE', 'BEE'].map((npc) => `pilot:p1:${npc}`));
    expect(order('expertise-matched-character-batch', { matchesExpertise, history: history() })).toEqual([]);
  });

  it('finish a batch that was begun even when it is of nobody whom the participant knows about', () => {
    const history = [{ ...past('teamwork ANT BEE'), batchId: 'pilot:p1:BEE' }];
    expect(order('expertise-matched-character-batch', { matchesExpertise, history })).toEqual([
      'explore ANT BEE',
      'explore CAT BEE',
    ]);
  });
});
