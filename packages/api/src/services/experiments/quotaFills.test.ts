import { createExperimentFold, experimentSchema } from '@dcs/engine';
import type { ExperimentMoment } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import { plannedFrom } from './plannedFrom.ts';
import { quotaFills } from './quotaFills.ts';

const handles = (count: number, letter: string): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${letter}${String(index).padStart(2, '0')}`);

interface Situation {
  readonly quotas: Readonly<Record<string, number>>;
  /** How many there are to play and to meet in each of two games. */
  readonly cast: number;
  /** Participants with a place, by their combination. */
  readonly holders?: ReadonlyMap<string, number>;
}

function momentOf({ quotas, cast, holders = new Map() }: Situation): ExperimentMoment {
  const games = ['explore', 'teamwork'];
  const config = experimentSchema.parse({ name: 'pilot', games: games.map((name) => ({ name })), quotas });
  const planned = plannedFrom({ config, dependencies: { games: [], characters: [] }, revision: 'r1' });
  const pool = games.map((game) => ({
    game,
    drawnAs: game,
    pcs: handles(cast, 'P'),
    npcs: handles(cast, 'N'),
  }));
  const { state } = createExperimentFold();
  const places = { ...state.places, holders: { ...state.places.holders, perCombination: holders } };
  return {
    ...planned,
    plan: { ...planned.plan, games: pool },
    state: { ...state, places },
    now: 1_800_000_000_000,
    turnsOf: () => 0,
  };
}

describe('how far quotas are filled', () => {
  it('is told of everything that a quota is of, one by one as long as that can be looked at', () => {
    const quotas = { participants: 9, perCharacter: 4, perCombination: 2 };
    const fills = quotaFills(momentOf({ quotas, cast: 2, holders: new Map([['explore P00 N01', 1]]) }));
    expect(fills.map(({ kind, quota, cells, parts }) => [kind, quota, cells, parts.length])).toEqual([
      ['participants', 9, 1, 1],
      ['perCharacter', 4, 2, 2],
      ['perCombination', 2, 8, 8],
    ]);
    const [participants, perCharacter, perCombination] = fills.map(({ parts }) => parts);
    expect(participants).toEqual([{ game: null, pc: null, npc: null, npcLabel: null, taken: 0, places: 9 }]);
    expect(perCharacter?.map(({ npc, npcLabel, places }) => [npc, npcLabel, places])).toEqual([
      ['N00', 'N00', 4],
      ['N01', 'N01', 4],
    ]);
    expect(perCombination?.[1]).toMatchObject({
      game: 'explore',
      pc: 'P00',
      npc: 'N01',
      taken: 1,
      places: 2,
    });
  });

  it('is added up by game where there are too many combinations to look at', () => {
    const holders = new Map([
      ['explore P00 N00', 1],
      ['explore P01 N00', 2],
      ['teamwork P00 N00', 1],
    ]);
    const [fill] = quotaFills(momentOf({ quotas: { perCombination: 2 }, cast: 10, holders }));
    expect(fill?.cells).toBe(200);
    expect(fill?.parts).toMatchObject([
      { game: 'explore', pc: null, npc: null, taken: 3, places: 200 },
      { game: 'teamwork', pc: null, npc: null, taken: 1, places: 200 },
    ]);
  });

  it('counts nobody above a quota, because it was lowered, as if they filled a place elsewhere', () => {
    const holders = new Map([['explore P00 N00', 7]]);
    const [fill] = quotaFills(momentOf({ quotas: { perCombination: 2 }, cast: 10, holders }));
    expect(fill?.parts[0]).toMatchObject({ game: 'explore', taken: 2, places: 200 });
  });
});
