import { describe, expect, it } from 'vitest';
import { currentAt, experimentTable } from '../testing/experimentTable.ts';
import type { ExperimentTable } from '../testing/experimentTable.ts';
import { quotaOverviews } from './quotaOverview.ts';
import type { QuotaCell } from './quotaOverview.ts';

const MINUTE_MS = 60_000;
const ALL = { participants: 9, perGame: 2, perCharacter: 3, perCombination: 1 };

async function quotasOf(table: ExperimentTable) {
  const moment = await table.manager.present(table.name);
  if (moment === null) throw new Error('The experiment is gone.');
  return quotaOverviews(moment);
}

const join = (table: ExperimentTable, participantId: string) =>
  table.run({ type: 'join', participantId, kind: 'human' });

async function completeNext(table: ExperimentTable, participantId: string): Promise<void> {
  await table.run({ type: 'next', participantId });
  const { assignmentId } = await currentAt(table, participantId);
  const sessionId = `session of ${assignmentId}`;
  await table.run({ type: 'start', participantId, assignmentId, sessionId });
  await table.run({ type: 'end', assignmentId, sessionId, reason: 'game_completed', turns: 3 });
}

const nameOf = ({ game, pc, npc }: QuotaCell): string =>
  [game, pc, npc].filter((one) => one !== null).join(' ');

/** How many are counted for what, of each quota; what counts nobody is left out. */
async function takenIn(table: ExperimentTable): Promise<Readonly<Record<string, unknown>>> {
  const quotas = await quotasOf(table);
  return Object.fromEntries(
    quotas.map(({ kind, cells }) => [
      kind,
      Object.fromEntries(cells.filter(({ taken }) => taken > 0).map((cell) => [nameOf(cell), cell.taken])),
    ]),
  );
}

describe('the overview of quotas', () => {
  it('has everything that a quota counts participants for, also what nobody has been given yet', async () => {
    const quotas = await quotasOf(experimentTable({ quotas: ALL }));
    expect(quotas.map(({ kind, quota }) => [kind, quota])).toEqual(Object.entries(ALL));
    const [participants, perGame, perCharacter, perCombination] = quotas.map(({ cells }) =>
      cells.map(nameOf),
    );
    expect(participants).toEqual(['']);
    expect(perGame).toEqual(['explore', 'teamwork']);
    expect(perCharacter).toEqual(['ANT', 'BEE', 'CAT']);
    expect(perCombination?.slice(0, 3)).toEqual(['explore ANT BEE', 'explore ANT CAT', 'explore BEE ANT']);
    // Nobody meets themselves: two games, three characters, two others for each.
    expect(perCombination).toHaveLength(12);
    expect(quotas.flatMap(({ cells }) => cells).every(({ taken }) => taken === 0)).toBe(true);
  });

  it('leaves out what the file names no quota for', async () => {
    expect(await quotasOf(experimentTable())).toEqual([]);
    const quotas = await quotasOf(experimentTable({ quotas: { perCharacter: 4 } }));
    expect(quotas.map(({ kind }) => kind)).toEqual(['perCharacter']);
  });

  it('counts somebody once for each thing, however often it is given to them', async () => {
    const assignment = { playerCharacters: ['ANT'], simulatedCharacters: ['BEE'], maxPerParticipant: 2 };
    const table = experimentTable({ quotas: ALL, assignment });
    await join(table, 'p1');
    await completeNext(table, 'p1');
    await completeNext(table, 'p1');
    expect(await takenIn(table)).toEqual({
      participants: { '': 1 },
      perGame: { explore: 1, teamwork: 1 },
      perCharacter: { BEE: 1 },
      perCombination: { 'explore ANT BEE': 1, 'teamwork ANT BEE': 1 },
    });
  });

  it('gives back the place of somebody who leaves before they have completed anything', async () => {
    const table = experimentTable({ quotas: ALL });
    await join(table, 'p1');
    await table.run({ type: 'withdraw', participantId: 'p1', by: 'p1' });
    expect(await takenIn(table)).toEqual({
      participants: {},
      perGame: {},
      perCharacter: {},
      perCombination: {},
    });
  });

  it('says that the experiment is full exactly as long as newcomers are told so', async () => {
    const table = experimentTable({ quotas: { participants: 2 }, assignment: { holdMinutes: 60 } });
    await join(table, 'p1');
    await join(table, 'p2');
    expect(await takenIn(table)).toEqual({ participants: { '': 2 } });
    expect(await join(table, 'p3')).toMatchObject({ ok: false, reason: 'experiment/full' });
    table.pass(61 * MINUTE_MS);
    expect(await takenIn(table)).toEqual({ participants: {} });
    expect(await join(table, 'p3')).toMatchObject({ ok: true });
  });
});
