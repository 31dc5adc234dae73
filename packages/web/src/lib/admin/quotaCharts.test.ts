import type { CellDto, QuotaFillDto, QuotaPartDto } from '@dcs/api';
import { describe, expect, it } from 'vitest';
import { quotaCharts } from './quotaCharts.ts';

const game = (name: string, label: string): CellDto => ({
  game: name,
  label,
  npc: null,
  holding: 0,
  assigned: 0,
  inProgress: 0,
  completed: 0,
  interrupted: 0,
});
const GAMES = [game('explore', 'Explore'), game('hidden', 'Explore'), game('teamwork', 'Teamwork')];

const part = (over: Partial<QuotaPartDto>): QuotaPartDto => ({
  game: null,
  pc: null,
  npc: null,
  npcLabel: null,
  taken: 0,
  places: 10,
  ...over,
});

function chartOf(fill: Omit<QuotaFillDto, 'quota' | 'cells'> & Partial<QuotaFillDto>) {
  const [chart] = quotaCharts({
    games: GAMES,
    quotaFills: [{ quota: 10, cells: fill.parts.length, ...fill }],
  });
  if (chart === undefined) throw new Error('There is no chart.');
  return chart;
}

describe('The charts of quotas', () => {
  it('are one for each quota of the file, in its order, and none where there is none', () => {
    const kinds = ['participants', 'perGame', 'perCharacter', 'perCombination'] as const;
    const fills = kinds.map((kind) => ({ kind, quota: 10, cells: 1, parts: [part({})] }));
    expect(quotaCharts({ games: GAMES, quotaFills: fills }).map(({ title }) => title)).toEqual([
      'Quota of participants',
      'Quota of each game',
      'Quota of each character',
      'Quota of each combination',
    ]);
    expect(quotaCharts({ games: GAMES, quotaFills: [] })).toEqual([]);
    const nothing = { kind: 'perCharacter', quota: 10, cells: 0, parts: [] } as const;
    expect(quotaCharts({ games: GAMES, quotaFills: [nothing] })).toEqual([]);
  });

  it('show what is taken and what is free, which is never less than nothing', () => {
    const chart = chartOf({
      kind: 'perGame',
      parts: [part({ game: 'explore', taken: 7 }), part({ game: 'teamwork', taken: 12 })],
    });
    expect(chart.series).toEqual([
      { name: 'Taken', values: [7, 12] },
      { name: 'Free', values: [3, 0] },
    ]);
    expect(chart.definition).toContain('needs 10 participants');
    expect(chart.unit.name).toBe('participants');
  });

  it('name each thing as people know it', () => {
    const keysOf = (...parts: readonly QuotaPartDto[]) => chartOf({ kind: 'perCombination', parts }).keys;
    expect(keysOf(part({}))).toEqual(['Everybody']);
    expect(keysOf(part({ game: 'teamwork' }), part({ game: 'hidden' }))).toEqual([
      'Teamwork',
      'Explore, hidden',
    ]);
    expect(keysOf(part({ npc: 'OCT', npcLabel: 'Octopus (OCT)' }))).toEqual(['Octopus (OCT)']);
    const pair = { npc: 'OCT', npcLabel: 'Octopus (OCT)' };
    expect(
      keysOf(part({ game: 'teamwork', pc: 'AMA', ...pair }), part({ game: 'teamwork', ...pair })),
    ).toEqual(['Teamwork: AMA, OCT', 'Teamwork: OCT']);
  });

  it('say so where combinations are added up, because there are too many to look at', () => {
    const parts = [part({ game: 'teamwork', places: 2_720, taken: 20 })];
    const chart = chartOf({ kind: 'perCombination', cells: 272, parts });
    expect(chart).toMatchObject({ heading: 'Game', keys: ['Teamwork'], unit: { name: 'places' } });
    expect(chart.definition).toContain('All 272 are too many');
    expect(chart.series.map(({ values }) => values)).toEqual([[20], [2_700]]);
  });
});
