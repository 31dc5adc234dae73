import { builtInGames, experimentSchema, gameFileSchema, pinned } from '@dcs/engine';
import type { ExperimentConfig, ExperimentDependencies } from '@dcs/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleSheet } from '../../store/contract/samples.ts';
import { characterRevision, experimentRevision } from '../revision.ts';
import { contentChanges } from './contentChanges.ts';

const question = (key: string, prompt = 'Why?') => ({ key, prompt, type: 'string' });
const data = {
  name: 'pilot',
  games: [{ name: 'explore' }, { name: 'teamwork' }],
  quotas: { perGame: 10 },
  forms: [
    { name: 'consent', trigger: { event: 'before-all-assignments' }, questions: [question('agreed')] },
    { name: 'after', trigger: { event: 'after-assignment' }, questions: [question('why'), question('how')] },
  ],
};
const before = experimentSchema.parse(data);
const NOTHING: ExperimentDependencies = { games: [], characters: [] };
const contentOf = (config: ExperimentConfig, dependencies = NOTHING) => ({ config, dependencies });

const lines = (changes: ReturnType<typeof contentChanges>): readonly string[] =>
  changes.map(({ path, before: was, after: is }) => `${path}: ${was ?? '–'} → ${is ?? '–'}`);

const changes = (after: object) =>
  lines(contentChanges(contentOf(before), contentOf(experimentSchema.parse({ ...data, ...after }))));

/** One game in such a file and characters with such sheets. */
function dependencies(
  file: object,
  ...sheets: readonly ReturnType<typeof sampleSheet>[]
): ExperimentDependencies {
  return {
    games: builtInGames
      .filter(({ name }) => name === 'explore')
      .map((game) => ({
        game,
        file: gameFileSchema.parse({
          name: game.name,
          title: 'Explore',
          version: '1.0.0',
          authors: ['A tester'],
          description: 'A game.',
          config: { maxTurns: 20 },
          stoppingConditions: {},
          ...file,
        }),
      })),
    characters: sheets.map((sheet) => ({ sheet, revision: characterRevision(sheet) })),
  };
}

describe('The changes between two revisions', () => {
  it('are none where they are equal', () => {
    expect(changes({})).toEqual([]);
  });

  it('are named by their paths, with what stood and what stands there', () => {
    expect(
      changes({ quotas: { perGame: 12, participants: 90 }, title: 'Pilot', condition: 'learning' }),
    ).toEqual([
      'condition: static → learning',
      'quotas.perGame: 10 → 12',
      'quotas.participants: – → 90',
      'title: – → Pilot',
    ]);
  });

  it('are found in entries of lists by their names, wherever these stand now', () => {
    const [consent, after] = data.forms;
    const forms = [
      { name: 'exit', trigger: { event: 'after-all-assignments' }, questions: [question('end')] },
      { ...consent, version: 2 },
      { ...after, questions: [question('how'), question('why', 'Why so?')] },
    ];
    expect(changes({ forms })).toEqual([
      'forms[consent].version: 1 → 2',
      'forms[after].questions (order): why, how → how, why',
      'forms[after].questions[why].prompt: Why? → Why so?',
      expect.stringMatching(/^forms\[exit\]: – → \{"name":"exit",/),
    ]);
  });

  it('name what is gone', () => {
    expect(changes({ games: [{ name: 'teamwork' }] })).toEqual([
      'games[explore]: {"name":"explore","overrides":{}} → –',
    ]);
  });

  it('give lists without names whole, and long values shortened', () => {
    expect(changes({ assignment: { playerCharacters: ['TOV'] } })).toEqual([
      'assignment.playerCharacters: – → ["TOV"]',
    ]);
    expect(changes({ description: 'x'.repeat(5000) })[0]?.length).toBeLessThan(300);
  });

  it('are there exactly where the revisions differ', () => {
    const config = fc
      .record({
        title: fc.option(fc.constantFrom('A', 'B'), { nil: undefined }),
        quotas: fc.record({ perGame: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }) }),
        games: fc.uniqueArray(fc.constantFrom('explore', 'teamwork', 'foresight'), { minLength: 1 }),
      })
      .map(({ games, ...rest }) =>
        experimentSchema.parse({ name: 'pilot', ...rest, games: games.map((name) => ({ name })) }),
      );
    fc.assert(
      fc.property(config, config, (one, other) => {
        expect(contentChanges(contentOf(one), contentOf(other)).length > 0).toBe(
          experimentRevision(one, pinned(NOTHING)) !== experimentRevision(other, pinned(NOTHING)),
        );
      }),
    );
  });

  it('are told of the files of games and the sheets of characters, and of those that come or go', () => {
    const was = dependencies({}, sampleSheet('OAK'), sampleSheet('ELM'));
    const is = dependencies(
      { config: { maxTurns: 9 } },
      sampleSheet('OAK', { goals: ['Grow.'] }),
      sampleSheet('YEW'),
    );
    expect(lines(contentChanges(contentOf(before, was), contentOf(before, is)))).toEqual([
      'games/explore.yaml: config.maxTurns: 20 → 9',
      expect.stringMatching(/^OAK: goals: .* → \["Grow\."\]$/),
      expect.stringMatching(/^ELM: .+ → –$/),
      expect.stringMatching(/^YEW: – → .+$/),
    ]);
    expect(experimentRevision(before, pinned(was))).not.toBe(experimentRevision(before, pinned(is)));
  });
});
