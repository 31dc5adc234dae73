import { describe, expect, it } from 'vitest';
import { gameFileSchema } from './gameFile.schema.ts';

const valid = {
  name: 'infer-intent',
  title: 'Infer Intent',
  version: '1.0.0',
  authors: ['A tester'],
  description: 'Guess what the other one wants.',
  config: { maxTurns: 50 },
  pcs: ['human-normative', 'OCT'],
  npcs: ['all'],
  stoppingConditions: { turns: ['>= maxTurns'], runtimeSeconds: ['>=600', '> 0.5'] },
};

function refusals(changes: Record<string, unknown>): readonly string[] {
  const result = gameFileSchema.safeParse({ ...valid, ...changes });
  return result.success ? [] : result.error.issues.map((issue) => issue.path.join('.'));
}

describe('a game file', () => {
  it('comes back unchanged when it is valid', () => {
    expect(gameFileSchema.parse(valid)).toEqual(valid);
  });

  it('may leave out who plays, and when it ends', () => {
    expect(refusals({ pcs: undefined, npcs: undefined, stoppingConditions: {} })).toEqual([]);
  });

  it.each(['Explore', 'infer_intent', 'infer--intent', '-x', '', 'x'.repeat(61), '../explore'])(
    'refuses %j as a name',
    (name) => {
      expect(refusals({ name })).toContain('name');
    },
  );

  it.each(['1', '1.0', 'v1.0.0', '1.0.0-beta', ''])('refuses %j as a version', (version) => {
    expect(refusals({ version })).toEqual(['version']);
  });

  it.each([
    '50',
    '>= fifty turns',
    '>=',
    '=> 50',
    '>= 1e3',
    'process.exit()',
    '>= 50; true',
    '>= maxTurns()',
  ])('refuses %j as a comparison', (comparison) => {
    expect(refusals({ stoppingConditions: { turns: [comparison] } })).toEqual(['stoppingConditions.turns.0']);
  });

  it('refuses conditions on anything but turns and running time', () => {
    expect(refusals({ stoppingConditions: { moons: ['>= 2'] } })).toEqual(['stoppingConditions']);
  });

  it('lets players be chosen by the filters that are about players, and others by any', () => {
    expect(refusals({ npcs: ['non-human'] })).toEqual([]);
    expect(refusals({ pcs: ['non-human'] })).toEqual(['pcs.0']);
    expect(refusals({ pcs: [] })).toEqual(['pcs']);
    expect(refusals({ npcs: ['everyone'] })).toEqual(['npcs.0']);
  });

  it('refuses fields that it does not know', () => {
    expect(refusals({ titel: 'Explore' })).toEqual(['']);
  });
});
