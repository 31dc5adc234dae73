import { experimentSchema } from '@dcs/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { experimentRevision } from '../revision.ts';
import { configChanges } from './configChanges.ts';

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
const changes = (after: object) =>
  configChanges(before, experimentSchema.parse({ ...data, ...after })).map(
    ({ path, before, after }) => `${path}: ${before ?? '–'} → ${after ?? '–'}`,
  );

describe('The changes between two configurations', () => {
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
        expect(configChanges(one, other).length > 0).toBe(
          experimentRevision(one) !== experimentRevision(other),
        );
      }),
    );
  });
});
