import { describe, expect, it } from 'vitest';
import { exampleConfig } from '../../testing/examplePlan.ts';
import { experimentTable } from '../../testing/experimentTable.ts';
import type { ExperimentTable } from '../../testing/experimentTable.ts';
import type { ExperimentMoment } from '../standing.ts';
import { dueModelPlayers } from './dueModelPlayers.ts';
import { modelPlayersOf } from './modelPlayer.ts';
import { modelPlayerOverviews } from './modelPlayerOverview.ts';
import { modelStep } from './modelStep.ts';

const TWO = { players: { humans: false, models: [{ model: 'scripted', participants: 2, atOnce: 1 }] } };
const MOST_STEPS = 200;
const ENDED = { type: 'end', reason: 'game_completed', turns: 5 } as const;

async function momentOf(table: ExperimentTable): Promise<ExperimentMoment> {
  const moment = await table.manager.present(table.name);
  if (moment === null) throw new Error('There is no such experiment.');
  return moment;
}

const due = async (table: ExperimentTable) =>
  dueModelPlayers(await momentOf(table)).map(({ participantId }) => participantId);

async function stepOf(table: ExperimentTable, index = 0) {
  const moment = await momentOf(table);
  const player = modelPlayersOf(moment.plan.config)[index];
  if (player === undefined) throw new Error('There is no such model player.');
  return { player, step: modelStep(moment, player) };
}

/** Does what is due for one participant, until it rests; a session ends as soon as it has begun. */
async function playOut(table: ExperimentTable, index: number, reason = 'game_completed'): Promise<void> {
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const { player, step } = await stepOf(table, index);
    const { participantId, model } = player;
    switch (step.type) {
      case 'join':
        await table.run({ type: 'join', participantId, kind: 'model', model });
        break;
      case 'next':
        await table.run({ type: 'next', participantId });
        break;
      case 'select': {
        const { game, pc, npc } = step.candidate;
        await table.run({ type: 'select', participantId, game, pc, npc });
        break;
      }
      case 'start': {
        const { assignmentId } = step;
        const attempts = (await momentOf(table)).state.assignments.get(assignmentId)?.attempts.length ?? 0;
        const sessionId = `${assignmentId}/${attempts}`;
        await table.run({ type: 'start', participantId, assignmentId, sessionId });
        break;
      }
      case 'play':
        await table.run({ ...ENDED, reason, assignmentId: step.assignmentId, sessionId: step.sessionId });
        break;
      default:
        return;
    }
  }
  throw new Error(`After ${MOST_STEPS} steps it still does not rest.`);
}

const started = async (file: Readonly<Record<string, unknown>>): Promise<ExperimentTable> => {
  const table = experimentTable(file);
  await table.run({ type: 'revise', revision: 'r1', by: 'admin' });
  return table;
};

describe('model players', () => {
  it('have ids that tell experiment, model and number, and never a slash', () => {
    const models = [
      { model: 'openrouter:a/b%2F', participants: 2, atOnce: 1 },
      { model: 'scripted' },
      { model: 'openrouter:a/b%2F' },
    ];
    const ids = modelPlayersOf(exampleConfig({ players: { models } })).map((one) => one.participantId);
    expect(ids).toEqual([
      'model:pilot:openrouter:a%2Fb%252F:1',
      'model:pilot:openrouter:a%2Fb%252F:2',
      'model:pilot:scripted:1',
      'model:pilot:openrouter:a%2Fb%252F:3',
    ]);
  });

  it('wait until somebody starts the experiment, unless its file says when it opens', async () => {
    const table = experimentTable(TWO);
    expect(await due(table)).toEqual([]);
    expect((await stepOf(table)).step).toEqual({ type: 'waits', for: 'start' });
    const moment = await momentOf(table);
    const opening = { ...moment, window: { opensAt: moment.now - 1, closesAt: null } };
    expect(dueModelPlayers(opening)).toHaveLength(1);
    await table.run({ type: 'revise', revision: 'r1', by: 'admin' });
    expect(await due(table)).toEqual(['model:pilot:scripted:1']);
  });

  it('play one after the other in each lane, to the end of all that there is for them', async () => {
    const table = await started(TWO);
    await playOut(table, 0);
    expect(await due(table)).toEqual(['model:pilot:scripted:2']);
    await playOut(table, 1);
    expect(await due(table)).toEqual([]);
    expect(modelPlayerOverviews(await momentOf(table))).toEqual([
      {
        model: 'scripted',
        participants: 2,
        joined: 2,
        playing: 0,
        finished: 2,
        gaveUp: 0,
        completed: 6,
        waitsFor: null,
      },
    ]);
    const { state } = await momentOf(table);
    expect([...state.participants.values()].map(({ kind, model }) => [kind, model])).toEqual([
      ['model', 'scripted'],
      ['model', 'scripted'],
    ]);
  });

  it('take turns with other models, and play as many side by side as the file says', async () => {
    const models = [
      { model: 'scripted', participants: 3, atOnce: 2 },
      { model: 'openrouter:a/b', participants: 1 },
    ];
    const table = await started({ players: { models } });
    expect(await due(table)).toEqual([
      'model:pilot:scripted:1',
      'model:pilot:openrouter:a%2Fb:1',
      'model:pilot:scripted:2',
    ]);
  });

  it('begin nothing while the experiment is paused, and play on what they have begun', async () => {
    const table = await started(TWO);
    const id = 'model:pilot:scripted:1';
    await table.run({ type: 'join', participantId: id, kind: 'model', model: 'scripted' });
    await table.run({ type: 'pause', by: 'admin', reason: '' });
    expect((await stepOf(table)).step).toEqual({ type: 'waits', for: 'paused' });
    expect(await due(table)).toEqual([]);
    await table.run({ type: 'resume', by: 'admin' });
    const { step } = await stepOf(table);
    if (step.type !== 'start') throw new Error('It has nothing to start.');
    const { assignmentId } = step;
    await table.run({ type: 'start', participantId: id, assignmentId, sessionId: 's1' });
    await table.run({ type: 'pause', by: 'admin', reason: '' });
    expect((await stepOf(table)).step).toEqual({ type: 'play', assignmentId, sessionId: 's1' });
    expect(await due(table)).toEqual([id]);
  });

  it('give an assignment up whose sessions break off again and again', async () => {
    const table = await started(TWO);
    await playOut(table, 0, 'user_close_button');
    const { state } = await momentOf(table);
    expect([...state.assignments.values()].map(({ status, attempts }) => [status, attempts.length])).toEqual([
      ['interrupted', 3],
    ]);
    expect((await stepOf(table)).step).toEqual({ type: 'rests', because: 'gaveUp' });
    expect(await due(table)).toEqual(['model:pilot:scripted:2']);
  });

  it('give up when all that they begin breaks off, though they could always begin something else', async () => {
    const table = await started({ ...TWO, assignment: { requireCompletion: false, maxPerParticipant: 2 } });
    await playOut(table, 0, 'user_close_button');
    expect((await stepOf(table)).step).toEqual({ type: 'rests', because: 'gaveUp' });
    const { state } = await momentOf(table);
    expect([...state.assignments.values()].reduce((sum, { attempts }) => sum + attempts.length, 0)).toBe(6);
  });

  describe('whose session was broken off before the experiment closed', () => {
    const CLOSING = { ...TWO, closes: '2027-01-15T09:00:00Z', assignment: { maxPerParticipant: 2 } };
    const HOUR_MS = 3_600_000;
    const [FIRST, SECOND] = ['model:pilot:scripted:1', 'model:pilot:scripted:2'];

    /** The second of a lane has something to go on with; nothing was begun for the first. */
    async function closedTable(file: Readonly<Record<string, unknown>> = CLOSING): Promise<ExperimentTable> {
      const table = await started(file);
      await table.run({ type: 'join', participantId: SECOND, kind: 'model', model: 'scripted' });
      await breakOff(table);
      table.pass(2 * HOUR_MS);
      return table;
    }

    async function breakOff(table: ExperimentTable): Promise<void> {
      const { step } = await stepOf(table, 1);
      if (step.type !== 'start') throw new Error('There is nothing to begin.');
      const { assignmentId } = step;
      const sessionId = `${assignmentId}/${table.log.events.length}`;
      await table.run({ type: 'start', participantId: SECOND, assignmentId, sessionId });
      await table.run({ ...ENDED, reason: 'user_close_button', assignmentId, sessionId });
    }

    it('go on with it to the end, whoever waits before them, and begin nothing else', async () => {
      const table = await closedTable();
      expect((await stepOf(table, 0)).step).toEqual({ type: 'waits', for: 'closed' });
      expect((await stepOf(table, 1)).step).toMatchObject({ type: 'start' });
      expect(await due(table)).toEqual([SECOND]);
      expect(modelPlayerOverviews(await momentOf(table))[0]).toMatchObject({ waitsFor: null });
      await playOut(table, 1);
      expect((await stepOf(table, 1)).step).toEqual({ type: 'rests', because: 'finished' });
      expect(await due(table)).toEqual([]);
      expect(modelPlayerOverviews(await momentOf(table))[0]).toMatchObject({
        joined: 1,
        finished: 1,
        completed: 1,
        waitsFor: 'closed',
      });
      expect((await momentOf(table)).state.participants.has(FIRST)).toBe(false);
    });

    it('wait while it is paused as well', async () => {
      const table = await closedTable();
      await table.run({ type: 'pause', by: 'admin', reason: '' });
      expect((await stepOf(table, 1)).step).toEqual({ type: 'waits', for: 'paused' });
      expect(await due(table)).toEqual([]);
      await table.run({ type: 'resume', by: 'admin' });
      expect(await due(table)).toEqual([SECOND]);
    });

    it('go on with it though the file has a later beginning by now', async () => {
      const table = await closedTable({ ...TWO, assignment: { maxPerParticipant: 2 } });
      const moment = await momentOf(table);
      const later = { ...moment, window: { opensAt: moment.now + HOUR_MS, closesAt: null } };
      expect(dueModelPlayers(later).map(({ participantId }) => participantId)).toEqual([SECOND]);
    });

    it.each([true, false])(
      'give it up when it breaks off again and again (requireCompletion: %s)',
      async (requireCompletion) => {
        const table = await closedTable({ ...CLOSING, assignment: { requireCompletion } });
        for (let attempt = 1; attempt < 3; attempt += 1) await breakOff(table);
        expect((await stepOf(table, 1)).step).toEqual({ type: 'rests', because: 'gaveUp' });
        expect(await due(table)).toEqual([]);
      },
    );
  });

  it('take the first that there is to choose, and are kept back by no form', async () => {
    const table = await started({
      ...TWO,
      assignment: { participantChooses: true, maxPerParticipant: 1 },
      forms: [
        {
          name: 'consent',
          trigger: { event: 'before-all-assignments' },
          questions: [{ key: 'agreed', prompt: 'Do you agree?', type: 'bool', mustBe: true }],
        },
      ],
    });
    await playOut(table, 0);
    expect((await stepOf(table)).step).toEqual({ type: 'rests', because: 'finished' });
  });
});
