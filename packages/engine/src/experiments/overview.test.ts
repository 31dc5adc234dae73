import { describe, expect, it } from 'vitest';
import { experimentTable } from '../testing/experimentTable.ts';
import type { ExperimentTable } from '../testing/experimentTable.ts';
import { experimentOverview, participantOverviews } from './overview.ts';
import { standingOf } from './standing.ts';

const MINUTE_MS = 60_000;

async function join(table: ExperimentTable, participantId: string): Promise<string> {
  await table.run({ type: 'join', participantId, kind: 'human' });
  const moment = await table.manager.present(table.name);
  const current = moment === null ? null : standingOf(moment, participantId)?.current;
  return current?.assignmentId ?? '';
}

async function play(table: ExperimentTable, participantId: string, reason: string | null): Promise<void> {
  const assignmentId = await join(table, participantId);
  const sessionId = `${assignmentId} in play`;
  await table.run({ type: 'start', participantId, assignmentId, sessionId });
  table.pass(MINUTE_MS);
  if (reason !== null) await table.run({ type: 'end', assignmentId, sessionId, reason, turns: 3 });
}

/** One of each stage that one participant can be in. */
async function busyTable(): Promise<ExperimentTable> {
  const table = experimentTable({ assignment: { maxPerParticipant: 1 } });
  await join(table, 'waits');
  await play(table, 'plays', null);
  await play(table, 'finished', 'game_completed');
  await play(table, 'broke-off', 'user_close_button');
  await join(table, 'left');
  await table.run({ type: 'withdraw', participantId: 'left', by: 'left' });
  return table;
}

async function overviewOf(table: ExperimentTable) {
  const moment = await table.manager.present(table.name);
  if (moment === null) throw new Error('The experiment is gone.');
  return { overview: experimentOverview(moment), everybody: participantOverviews(moment) };
}

describe('the overview of an experiment', () => {
  it('says where everybody is, each in one place', async () => {
    const { overview, everybody } = await overviewOf(await busyTable());
    expect(everybody.map(({ participant, stage }) => [participant.participantId, stage])).toEqual([
      ['waits', 'assigned'],
      ['plays', 'playing'],
      ['finished', 'finished'],
      ['broke-off', 'interrupted'],
      ['left', 'withdrawn'],
    ]);
    expect(Object.values(overview.stages).reduce((sum, count) => sum + count, 0)).toBe(everybody.length);
  });

  it('takes whoever has completed something for finished when nobody can begin anything any more', async () => {
    const table = experimentTable({
      closes: '2027-01-15T09:00:00Z',
      assignment: { maxPerParticipant: 3 },
    });
    const stages = async () => (await overviewOf(table)).everybody.map(({ stage }) => stage);
    await play(table, 'p1', 'game_completed');
    await join(table, 'p2');
    expect(await stages()).toEqual(['between', 'assigned']);
    table.pass(7 * 24 * 60 * MINUTE_MS);
    expect(await stages()).toEqual(['finished', 'between']);
  });

  it('takes whoever has completed something for finished when every place is taken', async () => {
    const table = experimentTable({ quotas: { perGame: 1 }, assignment: { maxPerParticipant: 3 } });
    for (const participantId of ['p1', 'p2']) await play(table, participantId, 'game_completed');
    const { everybody } = await overviewOf(table);
    expect(everybody.map(({ stage }) => stage)).toEqual(['finished', 'finished']);
  });

  it('counts at each step those who came so far or farther', async () => {
    const { overview } = await overviewOf(await busyTable());
    expect(overview.funnel.map(({ step, participants }) => [step, participants])).toEqual([
      ['joined', 5],
      ['assigned', 5],
      ['began', 3],
      ['completed', 1],
      ['finished', 1],
    ]);
  });

  it('adds characters up to games, and games to all assignments that are not dropped', async () => {
    const { overview } = await overviewOf(await busyTable());
    for (const measure of ['assigned', 'inProgress', 'completed', 'interrupted'] as const) {
      const total = (cells: typeof overview.games) => cells.reduce((sum, cell) => sum + cell[measure], 0);
      expect(total(overview.characters)).toBe(total(overview.games));
      expect(total(overview.games)).toBe(1);
    }
  });

  it('tells why sessions ended and how long those took that were completed', async () => {
    const { overview } = await overviewOf(await busyTable());
    expect(overview.endings).toEqual([
      { reason: 'game_completed', sessions: 1 },
      { reason: 'user_close_button', sessions: 1 },
    ]);
    expect(overview.durations).toEqual([MINUTE_MS]);
  });

  it('has everything that happened in its stretches of time, however long it has gone on', async () => {
    const table = await busyTable();
    for (const days of [0, 1, 30, 400]) {
      table.pass(days * 24 * 60 * MINUTE_MS);
      const { overview } = await overviewOf(table);
      const total = (of: 'joined' | 'started' | 'completed' | 'interrupted') =>
        overview.activity.reduce((sum, bucket) => sum + bucket[of], 0);
      expect([total('joined'), total('started'), total('completed'), total('interrupted')]).toEqual([
        5, 3, 1, 1,
      ]);
      expect(overview.activity.length).toBeLessThanOrEqual(120);
    }
  });

  it('is empty before anybody has come', async () => {
    const { overview, everybody } = await overviewOf(experimentTable());
    expect(everybody).toEqual([]);
    expect(overview).toMatchObject({ characters: [], endings: [], durations: [], activity: [] });
    expect(overview.games.map(({ game, completed }) => [game, completed])).toEqual([
      ['explore', 0],
      ['teamwork', 0],
    ]);
  });
});
