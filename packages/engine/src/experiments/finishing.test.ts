import { describe, expect, it } from 'vitest';
import { exitForm } from '../testing/exampleForms.ts';
import { currentAt, experimentTable, standingAt } from '../testing/experimentTable.ts';
import type { ExperimentTable } from '../testing/experimentTable.ts';
import { participantOverviews } from './overview.ts';

const HOUR_MS = 3_600_000;

/** Two games with one place each, for participants who may have two. */
const twoPlaces = (forms: readonly object[] = []): ExperimentTable =>
  experimentTable({
    games: [{ name: 'explore' }, { name: 'foresight' }],
    forms,
    quotas: { perGame: 1 },
    assignment: { maxPerParticipant: 2, holdMinutes: 60, strategy: 'random-unique-game' },
  });

const join = (table: ExperimentTable, participantId: string) =>
  table.run({ type: 'join', participantId, kind: 'human' });

const leave = (table: ExperimentTable, participantId: string) =>
  table.run({ type: 'withdraw', participantId, by: participantId });

async function complete(table: ExperimentTable, participantId: string): Promise<void> {
  const { assignmentId } = await currentAt(table, participantId);
  const sessionId = `${assignmentId}/s`;
  await table.run({ type: 'prepare', participantId, assignmentId });
  await table.run({ type: 'start', participantId, assignmentId, sessionId });
  await table.run({ type: 'end', assignmentId, sessionId, reason: 'game_completed', turns: 4 });
}

const answerExit = (table: ExperimentTable, participantId: string) =>
  table.run({
    type: 'submitForms',
    participantId,
    groupId: 'after-all-assignments',
    forms: [{ submissionId: `${participantId}/exit`, form: 'exit', version: 1, expertise: [] }],
  });

async function stageAt({ manager, name }: ExperimentTable) {
  const moment = await manager.present(name);
  return moment === null ? null : participantOverviews(moment)[0]?.stage;
}

/** Done with one, while the other place is somebody else's. */
async function doneTable(forms: readonly object[] = []): Promise<ExperimentTable> {
  const table = twoPlaces(forms);
  await join(table, 'p1');
  await join(table, 'p2');
  await complete(table, 'p1');
  return table;
}

describe('whoever was told that they are done', () => {
  it('stays done when somebody withdraws and something else can be had, which is an extra', async () => {
    const table = await doneTable();
    expect(await standingAt(table)).toMatchObject({ isFinished: true, isDone: true });
    await leave(table, 'p2');
    expect(await standingAt(table)).toMatchObject({
      isFinished: false,
      isDone: true,
      next: { mode: 'ready' },
    });
    expect(await stageAt(table)).toBe('finished');
    await table.run({ type: 'next', participantId: 'p1' });
    expect(await standingAt(table)).toMatchObject({ isDone: true, next: { mode: 'locked' } });
    expect(await stageAt(table)).toBe('assigned');
    await complete(table, 'p1');
    expect(await standingAt(table)).toMatchObject({ completed: 2, isFinished: true, isDone: true });
    expect(table.log.events.filter(({ type }) => type === 'finished')).toHaveLength(1);
  });

  it('stays done when a place lapses', async () => {
    const table = await doneTable();
    table.pass(HOUR_MS + 1);
    await table.run({ type: 'release' });
    expect(await standingAt(table)).toMatchObject({ isFinished: false, isDone: true });
  });

  it('is done only when the last questions are answered, and stays so', async () => {
    const table = await doneTable([exitForm]);
    expect(await standingAt(table)).toMatchObject({ isFinished: true, isDone: false });
    await answerExit(table, 'p1');
    expect(await standingAt(table)).toMatchObject({ isDone: true });
    await leave(table, 'p2');
    expect(await standingAt(table)).toMatchObject({ isFinished: false, isDone: true });
  });

  it('stays done while the experiment is paused, whether they or others played the last that there was', async () => {
    const theirs = await doneTable();
    await theirs.run({ type: 'pause', by: 'admin', reason: '' });
    expect(await standingAt(theirs)).toMatchObject({ isDone: true, next: { reason: 'paused' } });
    const others = twoPlaces();
    await join(others, 'p1');
    await complete(others, 'p1');
    await join(others, 'p2');
    await others.run({ type: 'pause', by: 'admin', reason: '' });
    expect(await standingAt(others)).toMatchObject({ isDone: true, next: { reason: 'paused' } });
  });

  it('stays done also where it was others who took the last place', async () => {
    const table = twoPlaces();
    await join(table, 'p1');
    await complete(table, 'p1');
    expect(await standingAt(table)).toMatchObject({ isFinished: false, isDone: false });
    await join(table, 'p2');
    expect(await standingAt(table)).toMatchObject({ isFinished: true, isDone: true });
    await leave(table, 'p2');
    expect(await standingAt(table)).toMatchObject({ isFinished: false, isDone: true });
  });
});

it('is not done who has something left, however much they have completed', async () => {
  const table = twoPlaces();
  await join(table, 'p1');
  await complete(table, 'p1');
  await table.run({ type: 'next', participantId: 'p1' });
  await join(table, 'p2');
  await leave(table, 'p2');
  expect(await standingAt(table)).toMatchObject({ isFinished: false, isDone: false });
  expect(table.log.events.map(({ type }) => type)).not.toContain('finished');
});
