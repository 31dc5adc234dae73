import { describe, expect, it } from 'vitest';
import { afterForm, consentForm, exitForm, readyForm } from '../testing/exampleForms.ts';
import { currentAt, experimentTable, standingAt } from '../testing/experimentTable.ts';
import type { ExperimentTable } from '../testing/experimentTable.ts';

const FORMS = [consentForm, readyForm, afterForm, exitForm];

const HOUR_MS = 3_600_000;

const join = (table: ExperimentTable, participantId = 'p1') =>
  table.run({ type: 'join', participantId, kind: 'human' });

async function answer(table: ExperimentTable, form: string, participantId = 'p1') {
  const { groups } = await standingAt(table, participantId);
  const group = groups.find(({ forms }) => forms.some(({ name }) => name === form));
  if (group === undefined) throw new Error(`${form} is not asked now.`);
  const forms = [{ submissionId: `${participantId}/${group.groupId}`, form, version: 1, expertise: [] }];
  return table.run({ type: 'submitForms', participantId, groupId: group.groupId, forms });
}

async function play(table: ExperimentTable, sessionId: string, reason = 'game_completed') {
  const { assignmentId } = await currentAt(table);
  await table.run({ type: 'prepare', participantId: 'p1', assignmentId });
  await table.run({ type: 'start', participantId: 'p1', assignmentId, sessionId });
  return table.run({ type: 'end', assignmentId, sessionId, reason, turns: 4 });
}

describe('the way of a participant', () => {
  it('leads through forms and assignments to the end', async () => {
    const table = experimentTable({ forms: FORMS, assignment: { maxPerParticipant: 2 } });
    await join(table);
    expect((await standingAt(table)).next).toMatchObject({ mode: 'blocked', reason: 'pending_forms' });
    await answer(table, 'consent');
    expect((await standingAt(table)).next.reason).toBe('pending_assignment_forms');
    await answer(table, 'ready');
    expect((await standingAt(table)).next).toMatchObject({ mode: 'locked', reason: 'locked' });
    await play(table, 's1');
    expect(await standingAt(table)).toMatchObject({ completed: 1, next: { reason: 'pending_forms' } });
    await answer(table, 'after');
    expect((await currentAt(table)).assignmentId).toMatch(/\.1\.2$/);
    await answer(table, 'ready');
    await play(table, 's2');
    await answer(table, 'after');
    expect(await standingAt(table)).toMatchObject({ isFinished: true, next: { reason: 'complete' } });
    await answer(table, 'exit');
    expect((await standingAt(table)).groups).toEqual([]);
  });

  it('goes on where it was broken off, and counts how often it was tried', async () => {
    const table = experimentTable();
    await join(table);
    await play(table, 's1', 'user_close_button');
    expect((await standingAt(table)).next).toMatchObject({ mode: 'locked', reason: 'interrupted' });
    await play(table, 's2');
    const [first] = (await standingAt(table)).assignments;
    expect(first).toMatchObject({ status: 'completed' });
    expect(first?.attempts.map(({ sessionId, reason }) => [sessionId, reason])).toEqual([
      ['s1', 'user_close_button'],
      ['s2', 'game_completed'],
    ]);
  });

  it.each(['game_completed', 'player finished', 'stopping condition met: turns >=50'])(
    'counts a session that ended with "%s" as completed',
    async (reason) => {
      const table = experimentTable();
      await join(table);
      await play(table, 's1', reason);
      expect((await standingAt(table)).completed).toBe(1);
    },
  );

  it.each([
    'user_close_button',
    'session ttl expired',
    'server_error',
    'retry budget exhausted',
    'abandoned',
  ])('counts a session that ended with "%s" as interrupted', async (reason) => {
    const table = experimentTable();
    await join(table);
    await play(table, 's1', reason);
    expect((await currentAt(table)).status).toBe('interrupted');
  });

  it('ends an assignment once, whoever tells of it and how often', async () => {
    const table = experimentTable();
    await join(table);
    const { assignmentId } = await currentAt(table);
    await play(table, 's1');
    const before = table.log.events.length;
    const end = { type: 'end', assignmentId, sessionId: 's1', turns: 4 } as const;
    await table.run({ ...end, reason: 'server_error' });
    await table.run({ ...end, sessionId: 'another', reason: 'game_completed' });
    expect(table.log.events).toHaveLength(before);
  });

  it('is not begun in two sessions at once', async () => {
    const table = experimentTable();
    await join(table);
    const { assignmentId } = await currentAt(table);
    const start = { type: 'start', participantId: 'p1', assignmentId } as const;
    const decisions = await Promise.all([
      table.run({ ...start, sessionId: 's1' }),
      table.run({ ...start, sessionId: 's2' }),
      table.run({ ...start, sessionId: 's1' }),
    ]);
    expect(decisions.map((decision) => decision?.ok)).toEqual([true, false, true]);
    expect((await currentAt(table)).attempts).toHaveLength(1);
  });

  it('cannot be gone by anybody else', async () => {
    const table = experimentTable();
    await join(table, 'p1');
    await join(table, 'p2');
    const { assignmentId } = await currentAt(table, 'p1');
    for (const type of ['prepare', 'start'] as const) {
      const decision = await table.run({ type, participantId: 'p2', assignmentId, sessionId: 's' });
      expect(decision).toMatchObject({ ok: false, reason: 'assignment/not-found' });
    }
  });
});

describe('places', () => {
  const ONE_PLACE = { quotas: { perGame: 1 }, assignment: { maxPerParticipant: 1, holdMinutes: 60 } };

  /** As many people as there are games, each with the place of one. */
  async function fullTable(): Promise<ExperimentTable> {
    const table = experimentTable(ONE_PLACE);
    for (const person of ['p1', 'p2']) await join(table, person);
    return table;
  }

  it('are kept for whoever has one, and refused to everybody else', async () => {
    const table = await fullTable();
    await join(table, 'p3');
    expect((await standingAt(table, 'p3')).next).toEqual({ mode: 'none', reason: 'quota_closed' });
    expect(await table.run({ type: 'next', participantId: 'p3' })).toMatchObject({
      reason: 'experiment/full',
    });
  });

  it('are given to somebody else when they were left alone for too long', async () => {
    const table = await fullTable();
    table.pass(HOUR_MS + 1);
    await join(table, 'p3');
    expect((await currentAt(table, 'p3')).holdsPlace).toBe(true);
    const { assignmentId } = await currentAt(table, 'p1');
    const late = await table.run({ type: 'prepare', participantId: 'p1', assignmentId });
    const other = await currentAt(table, 'p2');
    const alsoLate = await table.run({
      type: 'prepare',
      participantId: 'p2',
      assignmentId: other.assignmentId,
    });
    // One of the two games was given away, and the other one is still to be had.
    expect([late, alsoLate].filter((decision) => decision?.ok === true)).toHaveLength(1);
  });

  it('are free at once when a session was left alone for so long that it was ended', async () => {
    const table = await fullTable();
    const { assignmentId } = await currentAt(table, 'p1');
    await table.run({ type: 'start', participantId: 'p1', assignmentId, sessionId: 's1' });
    await table.run({ type: 'end', assignmentId, sessionId: 's1', reason: 'abandoned', turns: 2 });
    await join(table, 'p3');
    expect((await currentAt(table, 'p3')).holdsPlace).toBe(true);
    const late = await table.run({ type: 'prepare', participantId: 'p1', assignmentId });
    expect(late).toMatchObject({ ok: false, reason: 'assignment/dropped' });
  });

  it('are never taken from somebody who plays', async () => {
    const table = await fullTable();
    const { assignmentId } = await currentAt(table, 'p1');
    await table.run({ type: 'start', participantId: 'p1', assignmentId, sessionId: 's1' });
    table.pass(1_000 * HOUR_MS);
    await join(table, 'p3');
    expect((await currentAt(table, 'p1')).holdsPlace).toBe(true);
  });

  it('are not kept in the whole experiment by those who left before they had one', async () => {
    const table = experimentTable({ quotas: { participants: 1 }, forms: FORMS.slice(0, 1) });
    await join(table, 'p1');
    expect(await join(table, 'p2')).toMatchObject({ reason: 'experiment/full' });
    table.pass(25 * HOUR_MS);
    await join(table, 'p2');
    await answer(table, 'consent', 'p2');
    expect((await currentAt(table, 'p2')).holdsPlace).toBe(true);
    await answer(table, 'consent', 'p1');
    expect((await standingAt(table, 'p1')).current).toBeNull();
  });

  it('are limited in number for the whole experiment', async () => {
    const table = experimentTable({ quotas: { participants: 1 } });
    await join(table, 'p1');
    expect(await join(table, 'p2')).toMatchObject({ ok: false, reason: 'experiment/full' });
    await table.run({ type: 'withdraw', participantId: 'p1', by: 'p1' });
    expect(await join(table, 'p2')).toEqual({ ok: true });
  });

  it('are not free again when somebody withdraws who has completed something, and nobody is let in for one', async () => {
    const table = experimentTable({ quotas: { participants: 1 }, assignment: { maxPerParticipant: 2 } });
    await join(table, 'p1');
    await play(table, 's1');
    await table.run({ type: 'withdraw', participantId: 'p1', by: 'p1' });
    expect(await join(table, 'p2')).toMatchObject({ ok: false, reason: 'experiment/full' });
  });
});

describe('choosing', () => {
  const CHOICE = { assignment: { strategy: 'full-character-access', participantChooses: true } };

  it('gives what was chosen, and nothing that was not offered', async () => {
    const table = experimentTable(CHOICE);
    await join(table);
    const { next } = await standingAt(table);
    if (next.mode !== 'choice') throw new Error('There is nothing to choose.');
    const [wanted] = next.candidates;
    if (wanted === undefined) throw new Error('There is nothing to choose.');
    const nonsense = { type: 'select', participantId: 'p1', game: 'nowhere', pc: null } as const;
    expect(await table.run(nonsense)).toMatchObject({ reason: 'experiment/not-eligible' });
    const { game, pc, npc } = wanted;
    const select = { type: 'select', participantId: 'p1', game, pc, npc } as const;
    expect(await table.run(select)).toEqual({ ok: true });
    expect(await table.run(select)).toEqual({ ok: true });
    const { assignments } = await standingAt(table);
    expect(assignments).toHaveLength(1);
    expect(assignments[0]).toMatchObject({ ...wanted, chosen: true });
  });

  it('may be repeated where something is asked before what was chosen is begun', async () => {
    const table = experimentTable({ ...CHOICE, forms: FORMS.slice(1, 2) });
    await join(table);
    const { next } = await standingAt(table);
    const [wanted, other] = next.mode === 'choice' ? next.candidates : [];
    if (wanted === undefined || other === undefined) throw new Error('There is nothing to choose.');
    const select = { type: 'select', participantId: 'p1', ...wanted } as const;
    expect(await table.run(select)).toEqual({ ok: true });
    expect((await standingAt(table)).next.reason).toBe('pending_assignment_forms');
    expect(await table.run(select)).toEqual({ ok: true });
    expect(await table.run({ ...select, ...other })).toMatchObject({ reason: 'experiment/forms-pending' });
    expect((await standingAt(table)).assignments).toHaveLength(1);
  });

  it('is not for experiments in which what comes next is given', async () => {
    const table = experimentTable({ forms: FORMS.slice(0, 1) });
    await join(table);
    await answer(table, 'consent');
    const select = { type: 'select', participantId: 'p1', game: 'explore', pc: null } as const;
    expect(await table.run(select)).toMatchObject({ ok: false, reason: 'experiment/assignment-open' });
  });
});

describe('leaving', () => {
  it('drops what was not completed, keeps what was, and is for good', async () => {
    const table = experimentTable({ assignment: { maxPerParticipant: 3 } });
    await join(table);
    await play(table, 's1');
    await table.run({ type: 'next', participantId: 'p1' });
    await table.run({ type: 'withdraw', participantId: 'p1', by: 'p1' });
    await table.run({ type: 'withdraw', participantId: 'p1', by: 'p1' });
    const { assignments, next, groups } = await standingAt(table);
    expect(assignments.map(({ status }) => status)).toEqual(['completed', 'dropped']);
    expect(next).toEqual({ mode: 'none', reason: 'withdrawn' });
    expect(groups).toEqual([]);
    expect(await join(table)).toMatchObject({ ok: false, reason: 'experiment/withdrawn' });
  });
});

describe('an experiment that is paused', () => {
  it('lets nobody begin, and goes on as it was', async () => {
    const table = experimentTable();
    await join(table);
    await table.run({ type: 'pause', by: 'admin', reason: 'The model is ill.' });
    await table.run({ type: 'pause', by: 'admin', reason: 'Again.' });
    expect(await join(table, 'p2')).toMatchObject({ reason: 'experiment/paused', retryable: true });
    const { assignmentId } = await currentAt(table);
    const prepare = { type: 'prepare', participantId: 'p1', assignmentId } as const;
    expect(await table.run(prepare)).toMatchObject({ reason: 'experiment/paused' });
    await table.run({ type: 'resume', by: 'admin' });
    expect(await table.run(prepare)).toEqual({ ok: true });
    expect(table.log.events.filter(({ type }) => type === 'paused')).toHaveLength(1);
  });

  it('lets whoever plays end what they play', async () => {
    const table = experimentTable();
    await join(table);
    const { assignmentId } = await currentAt(table);
    await table.run({ type: 'start', participantId: 'p1', assignmentId, sessionId: 's1' });
    await table.run({ type: 'pause', by: 'admin', reason: '' });
    const end = { type: 'end', assignmentId, sessionId: 's1', reason: 'game_completed', turns: 9 } as const;
    await table.run(end);
    expect((await standingAt(table)).completed).toBe(1);
  });
});
