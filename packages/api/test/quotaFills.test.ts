import { experimentSchema } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import type { DcsClient } from '../src/client/index.ts';
import type { QuotaFillDto } from '../src/quotaDto.ts';
import { testApp } from './support/testApp.ts';
import type { TestApp } from './support/testApp.ts';

const ADMIN_KEY = `dcs-ak-${'a'.repeat(43)}`;
const of = { name: 'pilot' };

const open = (file: Readonly<Record<string, unknown>>): Promise<TestApp> =>
  testApp({
    env: { ADMIN_KEY },
    moreExperiments: [experimentSchema.parse({ name: 'pilot', games: [{ name: 'explore' }], ...file })],
  });

function adminOf(app: TestApp): DcsClient {
  const client = app.client();
  client.signIn(ADMIN_KEY);
  return client;
}

const fillsOf = async (admin: DcsClient): Promise<readonly QuotaFillDto[]> =>
  (await admin.admin.experiment.query(of)).quotaFills;

const sumOf = ({ parts }: QuotaFillDto, figure: 'taken' | 'places'): number =>
  parts.reduce((sum, part) => sum + part[figure], 0);

describe('how far quotas are filled, on the dashboard', () => {
  it('is told of each quota of the file, also of what nobody has been given yet', async () => {
    await using app = await open({
      assignment: { playerCharacters: ['AMA'], simulatedCharacters: ['BEE', 'OCT'] },
      quotas: { participants: 4, perGame: 4, perCharacter: 2, perCombination: 2 },
    });
    const { client } = await app.player();
    await client.experiments.join.mutate(of);
    const fills = await fillsOf(adminOf(app));
    expect(fills.map(({ kind, quota, cells }) => [kind, quota, cells])).toEqual([
      ['participants', 4, 1],
      ['perGame', 4, 1],
      ['perCharacter', 2, 2],
      ['perCombination', 2, 2],
    ]);
    expect(fills.map((fill) => [sumOf(fill, 'taken'), sumOf(fill, 'places')])).toEqual([
      [1, 4],
      [1, 4],
      [1, 4],
      [1, 4],
    ]);
    const [, perGame, perCharacter, perCombination] = fills.map(({ parts }) => parts);
    expect(perGame).toEqual([{ game: 'explore', pc: null, npc: null, npcLabel: null, taken: 1, places: 4 }]);
    expect(perCharacter?.map(({ npc, npcLabel }) => [npc, npcLabel])).toEqual([
      ['BEE', expect.stringContaining('BEE')],
      ['OCT', expect.stringContaining('OCT')],
    ]);
    expect(perCombination).toMatchObject([
      { game: 'explore', pc: 'AMA', npc: 'BEE' },
      { game: 'explore', pc: 'AMA', npc: 'OCT' },
    ]);
  });

  it('is added up by game where there are too many combinations to look at', async () => {
    await using app = await open({
      games: [{ name: 'explore' }, { name: 'teamwork' }],
      quotas: { perCombination: 3 },
    });
    const { client } = await app.player();
    await client.experiments.join.mutate(of);
    const [fill, ...others] = await fillsOf(adminOf(app));
    if (fill === undefined) throw new Error('There is no quota.');
    expect(others).toEqual([]);
    expect(fill.cells).toBeGreaterThan(100);
    expect(fill.parts.map(({ game, pc, npc }) => [game, pc, npc])).toEqual([
      ['explore', null, null],
      ['teamwork', null, null],
    ]);
    expect([sumOf(fill, 'taken'), sumOf(fill, 'places')]).toEqual([1, 3 * fill.cells]);
  });

  it('is told of no quota that the file does not name', async () => {
    await using app = await open({});
    expect(await fillsOf(adminOf(app))).toEqual([]);
  });
});
