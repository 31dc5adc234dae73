import { describe, expect, it } from 'vitest';
import { gardener, mole } from '../../testing/characterSheets.ts';
import { sceneOf } from './state.ts';
import { inferIntent } from './inferIntent.ts';
import { unnamed } from './unnamed.ts';

const manner = { ...gardener.manner, calledAs: 'Ines' };
const named = {
  ...gardener,
  name: 'Ines Duarte',
  longDescription:
    'Ines Duarte has kept the garden for thirty years. Everyone knows Ines; Inessa is her sister.',
  goals: ['hear someone say that Ines is missed'],
  ...(gardener.manner === undefined
    ? {}
    : { manner: { ...gardener.manner, ...manner, sayings: ['Ask for Ines.'] } }),
};

describe('a sheet for models that are not to give a name away', () => {
  it('has it nowhere, in full or for short, and leaves other words alone', () => {
    const told = unnamed(named);
    expect(JSON.stringify(told)).not.toMatch(/\bInes\b|Duarte/);
    expect(told.longDescription).toBe(
      'the other one has kept the garden for thirty years. Everyone knows the other one; Inessa is her sister.',
    );
    expect(told).toMatchObject({ hid: 'THE-OTHER', commonLabels: ['the other'] });
  });

  it('has no part of it either, unless that is a word like others', () => {
    const longDescription = 'Mrs Duarte keeps a lighthouse. The Lighthouse has no keeper but Duarte.';
    expect(unnamed({ ...named, longDescription }).longDescription).toBe(
      'Mrs the other one keeps a lighthouse. The Lighthouse has no keeper but the other one.',
    );
    const ada = { ...named, name: 'Ada of the Lighthouse', longDescription };
    expect(unnamed(ada).longDescription).toBe(longDescription);
    expect(unnamed({ ...named, name: 'The Keeper', longDescription }).longDescription).toBe(longDescription);
  });

  it('keeps everything else as it is', () => {
    const { hid: _hid, name: _name, commonLabels: _labels, manner: _manner, ...rest } = unnamed(mole);
    expect(mole).toMatchObject(rest);
    expect(unnamed(mole).manner).toEqual({ ...mole.manner, calledAs: 'the other one' });
  });

  it('tells of one that has no name by the words that it cannot do without', () => {
    expect(unnamed(mole).shortDescription).toBe(mole.shortDescription);
  });

  it('goes with what it is after, where that tells its name', () => {
    const config = inferIntent.configSchema.parse({});
    const state = inferIntent.init({ config, characters: { pc: mole, npc: named } });
    const objective = 'hear someone say that Ines is missed';
    const shown = { ...state, config: { ...config, showNpcDetails: true }, objective };
    expect(sceneOf({ ...state, objective }, null).objective).toBe(
      'hear someone say that the other one is missed',
    );
    expect(sceneOf(shown, null).objective).toBe(objective);
  });
});
