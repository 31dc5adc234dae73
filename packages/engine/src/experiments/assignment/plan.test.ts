import { describe, expect, it } from 'vitest';
import { cardDuel, cardDuelFile } from '../../testing/cardDuel.ts';
import {
  currentOf,
  exampleConfig,
  exampleGames,
  examplePlan,
  limitedGames,
} from '../../testing/examplePlan.ts';
import { examplePerson, exampleSheet } from '../../testing/exampleSheet.ts';
import { planExperiment } from './plan.ts';

const sheets = [
  exampleSheet({ hid: 'ANT' }),
  exampleSheet({ hid: 'BEE', pcEligible: false }),
  examplePerson({ hid: 'PIA' }),
];

const characters = currentOf(sheets);

const restricted = exampleGames.map((entry) => ({
  ...entry,
  file: { ...entry.file, pcs: ['pc-eligible' as const], npcs: ['non-human' as const] },
}));

describe('the plan of an experiment', () => {
  it('casts each game with those whom its file admits, in their order', () => {
    const { games } = planExperiment(exampleConfig(), { games: restricted, characters });
    expect(games).toEqual([
      { game: 'explore', drawnAs: 'Explore', pcs: ['ANT', 'PIA'], npcs: ['ANT', 'BEE'] },
      { game: 'teamwork', drawnAs: 'Teamwork', pcs: ['ANT', 'PIA'], npcs: ['ANT', 'BEE'] },
    ]);
  });

  it('takes of those only whom the experiment wants as well', () => {
    const assignment = { playerCharacters: ['human', 'BEE'], simulatedCharacters: ['BEE', 'PIA'] };
    const { games } = planExperiment(exampleConfig({ assignment }), { games: restricted, characters });
    expect(games[0]).toMatchObject({ pcs: ['PIA'], npcs: ['BEE'] });
  });

  it('takes for a game whom the experiment wants there, whomever it wants elsewhere', () => {
    const assignment = { playerCharacters: ['human'], simulatedCharacters: ['BEE'] };
    const games = [
      { name: 'explore', pcs: ['ANT', 'BEE'] },
      { name: 'teamwork', npcs: ['ANT'] },
    ];
    const plan = planExperiment(exampleConfig({ games, assignment }), { games: restricted, characters });
    expect(plan.games).toMatchObject([
      { game: 'explore', pcs: ['ANT'], npcs: ['BEE'] },
      { game: 'teamwork', pcs: ['PIA'], npcs: ['ANT'] },
    ]);
  });

  it('has nobody in particular in games without characters', () => {
    const config = exampleConfig({ games: [{ name: 'Card duel' }] });
    const entry = { game: cardDuel, file: { ...cardDuelFile, title: 'Card Duel' } };
    expect(planExperiment(config, { games: [entry], characters }).games).toMatchObject([
      { pcs: [null], npcs: [null] },
    ]);
  });

  it('knows a game by the name that it has in the experiment, and draws for it by that name', () => {
    const games = [{ name: 'Explore' }, { name: 'explore', variant: 'explore-hidden' }];
    expect(planExperiment(exampleConfig({ games }), { games: exampleGames, characters }).games).toMatchObject(
      [
        { game: 'Explore', drawnAs: 'Explore' },
        { game: 'explore-hidden', drawnAs: 'explore-hidden' },
      ],
    );
  });

  it('knows at what the sessions of each game end, with the settings that the experiment gives it', () => {
    const games = [
      { name: 'explore' },
      { name: 'explore', variant: 'explore-briefly', overrides: { maxTurns: 5, maxPlaytimeSeconds: 60 } },
      { name: 'teamwork', overrides: { maxTurns: 'many' } },
      { name: 'of-yesterday' },
    ];
    expect(examplePlan({ games }, limitedGames).limits).toEqual(
      new Map([
        ['explore', { turns: 50, runtimeSeconds: 600 }],
        ['explore-briefly', { turns: 5, runtimeSeconds: 60 }],
        ['teamwork', { turns: null, runtimeSeconds: null }],
        ['of-yesterday', { turns: null, runtimeSeconds: null }],
      ]),
    );
    expect(examplePlan({}, exampleGames).limits.get('explore')).toEqual({
      turns: null,
      runtimeSeconds: null,
    });
  });

  it('draws from the seed of the file, and from the name of the experiment without one', () => {
    expect(examplePlan().seed).toBe('pilot');
    expect(examplePlan({ seed: 42 }).seed).toBe('42');
  });

  it('takes two whose profiles have nothing in common, or who are nobody, for equally far apart', () => {
    const { divergence } = planExperiment(exampleConfig(), { games: exampleGames, characters });
    expect([
      divergence('ANT', 'PIA'),
      divergence(null, 'PIA'),
      divergence('ANT', null),
      divergence('ANT', 'X'),
    ]).toEqual([0, 0, 0, 0]);
    const far = exampleSheet({ hid: 'FAR', dimensions: farFromSnails() });
    expect(
      planExperiment(exampleConfig(), {
        games: exampleGames,
        characters: currentOf([...sheets, far]),
      }).divergence('ANT', 'FAR'),
    ).toBe(2);
  });

  it('keeps a game that is not offered any more, and offers it to nobody', () => {
    const config = exampleConfig({ games: [{ name: 'explore' }, { name: 'chess' }] });
    const { games } = planExperiment(config, { games: exampleGames, characters });
    expect(games).toMatchObject([{ game: 'explore' }, { game: 'chess', pcs: [], npcs: [] }]);
  });
});

function farFromSnails() {
  const { dimensions } = exampleSheet();
  if (dimensions === null) throw new RangeError('The example has dimensions.');
  return { ...dimensions, size: { value: ['planetary' as const], explanation: '' } };
}
