import { builtInGames, FORM_EVENTS } from '@dcs/engine';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../catalog.ts';

const repository = join(import.meta.dirname, '../../../../..');
const { experiments, problems } = await loadCatalog({
  gamesDir: join(repository, 'games'),
  experimentsDir: join(repository, 'experiments'),
  seedsDir: join(repository, 'seeds'),
  games: builtInGames,
});
const configs = experiments.map(({ config }) => config);

describe('The experiments that come with the product', () => {
  it('can all be run, and nothing about them deserves a second look', () => {
    expect(problems).toEqual([]);
    expect(configs.map(({ name }) => name)).toEqual([
      'demo',
      'expert-evaluation',
      'human-benchmark',
      'model-benchmark',
      'training',
      'usability',
    ]);
  });

  it('assign each in another way, and ask forms on every occasion there is', () => {
    expect(new Set(configs.map(({ assignment }) => assignment.strategy)).size).toBe(configs.length);
    const events = configs.flatMap(({ forms }) => forms.map(({ trigger }) => trigger.event));
    expect(new Set(events)).toEqual(new Set(FORM_EVENTS));
  });

  it('tell people what becomes of their data when they withdraw', () => {
    const silent = configs.filter(({ players, withdrawal = '' }) => players.humans && withdrawal === '');
    expect(silent).toEqual([]);
  });

  it('let nobody take part without agreeing, wherever people have to register', () => {
    const unasked = configs.filter(
      ({ players, registration, forms }) =>
        players.humans &&
        registration === 'required' &&
        !forms.some(
          ({ trigger, questions }) =>
            trigger.event === 'before-all-assignments' && questions.some(({ mustBe }) => mustBe === true),
        ),
    );
    expect(unasked).toEqual([]);
  });
});
