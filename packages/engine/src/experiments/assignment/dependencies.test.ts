import { describe, expect, it } from 'vitest';
import { currentOf, exampleConfig, exampleGames } from '../../testing/examplePlan.ts';
import { exampleSheet } from '../../testing/exampleSheet.ts';
import { dependenciesOf, pinned } from './dependencies.ts';
import { planExperiment } from './plan.ts';

const characters = currentOf(['ANT', 'BEE', 'CAT', 'DOG'].map((hid) => exampleSheet({ hid })));
const all = { games: exampleGames, characters };

const ofFile = (file: Readonly<Record<string, unknown>>) => dependenciesOf(exampleConfig(file), all);
const cast = { playerCharacters: ['ANT'], simulatedCharacters: ['CAT', 'ANT'] };

describe('what an experiment depends on', () => {
  it('is the files of its games, by whatever names it calls them, and whoever may be met in them', () => {
    const games = [{ name: 'Teamwork' }, { name: 'explore' }, { name: 'explore', variant: 'open' }];
    expect(pinned(ofFile({ games, assignment: cast }))).toEqual({
      games: exampleGames
        .filter(({ game }) => ['explore', 'teamwork'].includes(game.name))
        .map(({ file }) => file),
      characters: [
        { hid: 'ANT', revision: 'ANT 1' },
        { hid: 'CAT', revision: 'CAT 1' },
      ],
    });
  });

  it('is all characters where labels are compared, since what is rare among them depends on each', () => {
    const assignment = { ...cast, strategy: 'expertise-matched-character-next' };
    expect(ofFile({ assignment }).characters).toEqual(characters);
  });

  it('is nothing of a game that is not offered', () => {
    expect(ofFile({ games: [{ name: 'chess' }] })).toEqual({ games: [], characters: [] });
  });

  it('gives the plan that everything there is would give', () => {
    for (const assignment of [{}, cast, { ...cast, strategy: 'max-contrast-pairing' }]) {
      const config = exampleConfig({ assignment });
      const dependencies = dependenciesOf(config, all);
      const [whole, part] = [planExperiment(config, all), planExperiment(config, dependencies)];
      expect(part.games).toEqual(whole.games);
      expect(part.limits).toEqual(whole.limits);
      expect(part.divergence('ANT', 'CAT')).toBe(whole.divergence('ANT', 'CAT'));
    }
  });
});
