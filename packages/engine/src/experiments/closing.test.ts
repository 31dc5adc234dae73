import { describe, expect, it } from 'vitest';
import { exitForm, readyForm } from '../testing/exampleForms.ts';
import { currentAt, experimentTable, standingAt } from '../testing/experimentTable.ts';
import type { ExperimentTable } from '../testing/experimentTable.ts';

const HOUR_MS = 3_600_000;
const FORMS = [readyForm, exitForm];

/** Closes an hour after it began. */
const closingTable = (forms: readonly object[] = [], assignment: object = {}): ExperimentTable =>
  experimentTable({
    closes: '2027-01-15T09:00:00Z',
    forms,
    assignment: { maxPerParticipant: 2, ...assignment },
  });

const join = (table: ExperimentTable) => table.run({ type: 'join', participantId: 'p1', kind: 'human' });

async function answerAll(table: ExperimentTable): Promise<void> {
  const { groups } = await standingAt(table);
  for (const { groupId, forms } of groups) {
    const answers = forms.map(({ name: form, version }) => {
      return { submissionId: `${groupId}/${form}`, form, version, expertise: [] };
    });
    await table.run({ type: 'submitForms', participantId: 'p1', groupId, forms: answers });
  }
}

const prepare = (table: ExperimentTable, assignmentId: string) =>
  table.run({ type: 'prepare', participantId: 'p1', assignmentId });

async function play(table: ExperimentTable, sessionId: string, reason: string): Promise<string> {
  const { assignmentId } = await currentAt(table);
  expect(await prepare(table, assignmentId)).toEqual({ ok: true });
  await table.run({ type: 'start', participantId: 'p1', assignmentId, sessionId });
  await table.run({ type: 'end', assignmentId, sessionId, reason, turns: 4 });
  return assignmentId;
}

describe('an experiment that has closed', () => {
  it('lets whoever was interrupted go on to the end, also when it closed meanwhile', async () => {
    const table = closingTable();
    await join(table);
    await play(table, 's1', 'user_close_button');
    table.pass(2 * HOUR_MS);
    expect((await standingAt(table)).next).toMatchObject({ mode: 'locked', reason: 'interrupted' });
    await play(table, 's2', 'game_completed');
    expect(await standingAt(table)).toMatchObject({ completed: 1, isFinished: true });
  });

  it.each([
    { requireCompletion: true, mode: 'locked', goingOn: { mode: 'locked', reason: 'interrupted' } },
    { requireCompletion: false, mode: 'none', goingOn: { mode: 'none', reason: 'closed' } },
  ])(
    'lets nobody go on while it is paused as well, and says so (requireCompletion: $requireCompletion)',
    async ({ requireCompletion, mode, goingOn }) => {
      const table = closingTable([], { requireCompletion });
      await join(table);
      const assignmentId = await play(table, 's1', 'user_close_button');
      await table.run({ type: 'pause', by: 'admin', reason: '' });
      table.pass(2 * HOUR_MS);
      expect(await prepare(table, assignmentId)).toMatchObject({ reason: 'experiment/paused' });
      expect(await standingAt(table)).toMatchObject({
        current: { assignmentId },
        next: { mode, reason: 'paused' },
      });
      expect(await table.run({ type: 'join', participantId: 'p2', kind: 'human' })).toMatchObject({
        reason: 'experiment/closed',
      });
      await table.run({ type: 'resume', by: 'admin' });
      expect((await standingAt(table)).next).toEqual(goingOn);
      await play(table, 's2', 'game_completed');
      expect(await standingAt(table)).toMatchObject({ completed: 1, isFinished: true });
    },
  );

  it('lets nobody begin what is theirs, and says why', async () => {
    const table = closingTable(FORMS);
    await join(table);
    const { assignmentId } = await currentAt(table);
    table.pass(2 * HOUR_MS);
    expect(await standingAt(table)).toMatchObject({
      current: null,
      groups: [],
      isFinished: false,
      next: { mode: 'none', reason: 'closed' },
    });
    expect(await prepare(table, assignmentId)).toMatchObject({ reason: 'experiment/closed' });
    expect(await table.run({ type: 'next', participantId: 'p1' })).toMatchObject({
      reason: 'experiment/closed',
    });
  });

  it.each([true, false])(
    'is done for whoever has completed something, whatever they have not begun (requireCompletion: %s)',
    async (requireCompletion) => {
      const table = experimentTable({
        closes: '2027-01-15T09:00:00Z',
        forms: FORMS,
        assignment: { maxPerParticipant: 3, requireCompletion },
      });
      await join(table);
      await answerAll(table);
      await play(table, 's1', 'game_completed');
      await table.run({ type: 'next', participantId: 'p1' });
      expect((await standingAt(table)).current?.status).toBe('assigned');
      table.pass(2 * HOUR_MS);
      expect(await standingAt(table)).toMatchObject({ isFinished: true, next: { reason: 'complete' } });
      expect((await standingAt(table)).groups.map(({ event }) => event)).toEqual(['after-all-assignments']);
      await answerAll(table);
      expect((await standingAt(table)).groups).toEqual([]);
    },
  );
});
