import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { careTable } from '../../../test/support/careTable.ts';
import type { CareNode, CareTable } from '../../../test/support/careTable.ts';
import { createPlayedSessions } from './playedSessions.ts';

/** A session with both seats taken, opened, for an experiment or for none. */
async function deal({ manager }: CareNode, experimentId?: string): Promise<string> {
  const request = { game: 'card-duel', ownerId: 'ann', commandId: randomUUID(), source: 'test' };
  const created = await manager.create({
    ...request,
    ...(experimentId === undefined ? {} : { experimentId }),
  });
  if (!created.ok) throw new Error(created.message);
  const { sessionId } = created.record.header;
  await manager.takeSeat({ sessionId, playerId: 'ben', commandId: 'sit', seat: 'away' });
  await manager.open(sessionId);
  return sessionId;
}

/** As a node knows the sessions, and how often it has folded a log to know them. */
function lookingFrom({ stores }: CareTable, { manager }: CareNode) {
  let folds = 0;
  const played = createPlayedSessions({
    manager: {
      presentInMemory: (sessionId) => manager.presentInMemory(sessionId),
      folded: (sessionId) => {
        folds += 1;
        return manager.folded(sessionId);
      },
    },
    sessions: stores.sessions,
    log: stores.log,
  });
  return { played, folds: () => folds };
}

describe('a session that is played for an assignment', () => {
  it('is known as it is where it is in memory', async () => {
    const table = careTable();
    const node = table.start();
    const sessionId = await deal(node, 'study');
    const { played, folds } = lookingFrom(table, node);
    await table.play(node, sessionId, 'c1');
    const turns = node.manager.presentInMemory(sessionId)?.turns;
    expect(turns).toBeGreaterThan(0);
    expect(await played.look(sessionId)).toEqual({ experiment: 'study', turns, reason: null });
    expect([played.turnsOf(sessionId), folds()]).toEqual([turns, 0]);
  });

  it('is known elsewhere once it was looked at, and its log is folded only where its summary lags', async () => {
    const table = careTable();
    const node = table.start();
    const sessionId = await deal(node, 'study');
    const { played, folds } = lookingFrom(table, table.start());
    expect(played.turnsOf(sessionId)).toBe(0);
    for (const commandId of ['c1', 'c2', 'c3']) {
      await table.play(node, sessionId, commandId);
      const turns = node.manager.presentInMemory(sessionId)?.turns;
      for (let time = 0; time < 3; time += 1) {
        expect(await played.look(sessionId)).toEqual({ experiment: 'study', turns, reason: null });
      }
      expect(played.turnsOf(sessionId)).toBe(turns);
    }
    expect(folds()).toBeLessThanOrEqual(3);
  });

  it('is known to be over wherever it ended', async () => {
    const table = careTable();
    const node = table.start();
    const sessionId = await deal(node, 'study');
    const { played } = lookingFrom(table, table.start());
    await table.finish(node, sessionId);
    const here = await lookingFrom(table, node).played.look(sessionId);
    expect(here?.reason).toMatch(/./);
    expect(await played.look(sessionId)).toEqual(here);
  });

  it('is found among several that are over, wherever it ended, without asking for each', async () => {
    const table = careTable();
    const node = table.start();
    const [over, lasting, free, last] = [
      await deal(node, 'study'),
      await deal(node, 'study'),
      await deal(node),
      await deal(node, 'study'),
    ];
    for (const sessionId of [over, free, last]) await table.finish(node, sessionId);
    const asked = [over, lasting, 'nowhere', free, last];
    for (const seenFrom of [node, table.start()]) {
      const found = await lookingFrom(table, seenFrom).played.overOf(asked);
      expect(found.map(({ sessionId }) => sessionId)).toEqual([over, last]);
      expect(found[0]).toMatchObject({ experiment: 'study', reason: expect.stringMatching(/./) });
    }
    expect(await lookingFrom(table, node).played.overOf([])).toEqual([]);
  });

  it('is nothing where no experiment is', async () => {
    const table = careTable();
    const node = table.start();
    const sessionId = await deal(node);
    expect(await lookingFrom(table, node).played.look(sessionId)).toBeNull();
    expect(await lookingFrom(table, table.start()).played.look(sessionId)).toBeNull();
    expect(await lookingFrom(table, node).played.look('nowhere')).toBeNull();
  });
});
