import type { Game, Outcome } from '@dcs/engine';
import { cardDuel } from '@dcs/engine/testing';
import { describe, expect, it } from 'vitest';
import { stateHash } from '../src/services/stateHash.ts';
import type { SessionCatalogue } from '../src/store/ports.ts';
import { careTable } from './support/careTable.ts';
import type { CareNode, CareTable } from './support/careTable.ts';

/** Card Duel with an outcome that a test chooses; whose seat `away` a model holds, if it says so. */
function rigged(outcome: Outcome | null, awayHeldBy: 'player' | 'model' = 'player'): Game {
  const seats = cardDuel.seats.map((seat) => (seat.name === 'away' ? { ...seat, heldBy: awayHeldBy } : seat));
  return { ...cardDuel, seats, outcome: () => outcome };
}

/** Card Duel as a game that nobody wins. */
function withoutWinner(): Game {
  const game: Game = { ...cardDuel };
  delete game.outcome;
  return game;
}

const endNow = ({ manager }: CareNode, sessionId: string) =>
  manager.close({ sessionId, playerId: 'ann', commandId: 'bye' });

/** Fails `times` times before it does what it should. */
function failing<Args extends readonly unknown[], T>(job: (...args: Args) => Promise<T>, times: number) {
  let left = times;
  return (...args: Args): Promise<T> => {
    if (left === 0) return job(...args);
    left -= 1;
    return Promise.reject(new Error('The line was cut.'));
  };
}

/** A session that was played to its end, of which snapshots lie in the cache and in the store. */
async function finishedWithSnapshot() {
  const table = careTable();
  const node = table.start();
  const sessionId = await table.deal(node);
  await table.play(node, sessionId, '1');
  await node.snapshots.flush();
  await table.finish(node, sessionId);
  return { table, node, sessionId };
}

const isMarked = async (sessions: SessionCatalogue): Promise<boolean> =>
  (await sessions.listUnarchived({ limit: 10 })).length === 0;

describe('archiving a session', () => {
  it('writes what it was, how it came out and what proves a replay, under its own id', async () => {
    const table = careTable();
    const node = table.start();
    const createdAt = table.now;
    const sessionId = await table.deal(node);
    table.now += 59_900;
    await table.finish(node, sessionId);
    const folded = await node.manager.folded(sessionId);
    if (folded === null) throw new Error('no session');
    const { header, state, outcome } = folded;
    const entry = await node.archiver.archive(sessionId);
    expect(entry).toEqual({
      sessionId,
      game: 'card-duel',
      gameVersion: '1.0.0',
      ownerId: 'ann',
      source: 'test',
      cast: {},
      playerIds: ['ann', 'ben'],
      result: outcome?.kind === 'draw' ? 'draw' : 'win',
      winner: outcome?.kind === 'won' ? outcome.seat : null,
      endReason: 'game_completed',
      startedAt: createdAt,
      endedAt: table.now,
      durationSeconds: 59,
      playedSeconds: 59,
      turns: 6,
      seed: header.seed,
      engineVersion: '1.2.3',
      lastSeq: state.lastSeq,
      stateHash: stateHash(header, state),
    });
    expect(await table.stores.history.get(sessionId)).toEqual(entry);
    expect(await isMarked(table.stores.sessions)).toBe(true);
  });

  it('clears away the snapshots, wherever they are', async () => {
    const table = careTable();
    const node = table.start();
    const sessionId = await table.deal(node);
    await table.play(node, sessionId, '1');
    await node.snapshots.flush();
    expect(await table.cache.has(sessionId)).toBe(true);
    expect(await table.stores.snapshots.has(sessionId)).toBe(true);
    await table.finish(node, sessionId);
    await node.archiver.archive(sessionId);
    expect(await table.cache.has(sessionId)).toBe(false);
    expect(await table.stores.snapshots.has(sessionId)).toBe(false);
    await node.manager.present(sessionId);
    await node.snapshots.flush();
    expect(await node.snapshots.has(sessionId)).toBe(false);
  });

  it('again gives the same answer, whoever asks and however much later', async () => {
    const table = careTable();
    const node = table.start();
    const sessionId = await table.deal(node);
    await table.finish(node, sessionId);
    const [first, ...others] = await Promise.all([1, 2, 3].map(() => node.archiver.archive(sessionId)));
    table.now += 1_000_000;
    expect([...others, await table.start().archiver.archive(sessionId)]).toEqual([first, first, first]);
  });

  it('of a session that goes on, or of none at all, is refused and writes nothing', async () => {
    const table = careTable();
    const node = table.start();
    const sessionId = await table.deal(node);
    await expect(node.archiver.archive(sessionId)).rejects.toMatchObject({ reason: 'session/not-over' });
    await expect(node.archiver.archive('nobody')).rejects.toMatchObject({ reason: 'session/not-found' });
    expect(await table.stores.history.get(sessionId)).toBeNull();
    expect(await table.stores.history.get('nobody')).toBeNull();
    expect(await table.play(node, sessionId, '1')).toBe(true);
  });

  it.each([
    ['a player has won', rigged({ kind: 'won', seat: 'home' }), { result: 'win', winner: 'home' }],
    [
      'a model has won',
      rigged({ kind: 'won', seat: 'away' }, 'model'),
      { result: 'npc_win', winner: 'away' },
    ],
    ['nobody has won', rigged({ kind: 'draw' }), { result: 'draw', winner: null }],
    ['the players have lost', rigged({ kind: 'lost' }), { result: 'loss', winner: null }],
    ['a player left', rigged(null), { result: 'interrupted', winner: null }],
  ] as const)('says so when %s', async (_what, game, came) => {
    const table = careTable({ game });
    const node = table.start();
    const sessionId = await table.deal(node);
    await endNow(node, sessionId);
    expect(await node.archiver.archive(sessionId)).toMatchObject(came);
  });

  it('says so when a game that nobody wins was played to its end', async () => {
    const table = careTable({ game: withoutWinner() });
    const node = table.start();
    const sessionId = await table.deal(node);
    await table.finish(node, sessionId);
    expect(await node.archiver.archive(sessionId)).toMatchObject({ result: 'completed', winner: null });
  });

  it('fails before anything is written when the game names a winner that it does not have', async () => {
    const table = careTable({ game: rigged({ kind: 'won', seat: 'nobody' }) });
    const node = table.start();
    const sessionId = await table.deal(node);
    await endNow(node, sessionId);
    await expect(node.archiver.archive(sessionId)).rejects.toThrow('no seat "nobody"');
    expect(await table.stores.history.get(sessionId)).toBeNull();
    expect(await isMarked(table.stores.sessions)).toBe(false);
  });

  it('never says that a session took less than no time, whatever the clock does', async () => {
    const table = careTable();
    const node = table.start();
    const sessionId = await table.deal(node);
    table.now -= 3_600_000;
    await endNow(node, sessionId);
    const entry = await node.archiver.archive(sessionId);
    expect([entry.durationSeconds, entry.playedSeconds]).toEqual([0, 0]);
  });

  it.each(['put', 'saveSummaries', 'markArchived'] as const)(
    'is completed by its repetition when it is cut short at %s',
    async (step) => {
      const table = careTable();
      const node = table.start();
      const sessionId = await table.deal(node);
      await table.finish(node, sessionId);
      const { sessions, history } = table.stores;
      if (step === 'put') history.put = failing(history.put.bind(history), 1);
      else if (step === 'markArchived')
        sessions.markArchived = failing(sessions.markArchived.bind(sessions), 1);
      else sessions.saveSummaries = failing(sessions.saveSummaries.bind(sessions), 1);
      await expect(node.archiver.archive(sessionId)).rejects.toThrow('cut');
      expect(await isMarked(sessions)).toBe(false);
      const entry = await table.start().archiver.archive(sessionId);
      expect(await history.get(sessionId)).toEqual(entry);
      expect(await isMarked(sessions)).toBe(true);
    },
  );

  it('leaves the snapshots where they are until all of it is written', async () => {
    const { table, node, sessionId } = await finishedWithSnapshot();
    const { sessions } = table.stores;
    sessions.markArchived = failing(sessions.markArchived.bind(sessions), 1);
    await expect(node.archiver.archive(sessionId)).rejects.toThrow('cut');
    expect(await node.snapshots.has(sessionId)).toBe(true);
    await node.archiver.archive(sessionId);
    expect(await node.snapshots.has(sessionId)).toBe(false);
  });

  it('is done though the cache cannot be reached, and what lies in it brings nobody back', async () => {
    const { table, node, sessionId } = await finishedWithSnapshot();
    table.cache.remove = () => Promise.reject(new Error('The cache is away.'));
    expect(await node.archiver.archive(sessionId)).toMatchObject({ sessionId });
    expect(table.faults.map(String)).toEqual(['Error: The cache is away.']);
    expect(await table.cache.has(sessionId)).toBe(true);
    const late = table.start();
    expect(await late.manager.present(sessionId)).toMatchObject({ status: 'closed' });
    const card = { type: 'play', card: 1 };
    const act = { sessionId, playerId: 'ann', commandId: 'late', input: { action: card } };
    expect(await late.manager.act(act)).toMatchObject({ ok: false, reason: 'session/closed' });
  });

  it('follows the end of a session behind everything else', async () => {
    const table = careTable();
    const node = table.start();
    const sessionId = await table.deal(node);
    await table.finish(node, sessionId);
    node.archiver.ended(sessionId);
    node.archiver.ended(sessionId);
    expect(await table.stores.history.get(sessionId)).toBeNull();
    await node.archiver.idle();
    expect(await table.stores.history.get(sessionId)).toMatchObject({ sessionId });
    node.archiver.ended('nobody');
    await node.archiver.idle();
    expect(table.faults.map(String)).toEqual(['NotArchivable: There is no session nobody.']);
  });
});

describe('the caretaker', () => {
  const DAY = 86_400_000;

  async function abandonedTable(): Promise<{ table: CareTable; sessionId: string }> {
    const table = careTable();
    const node = table.start();
    const sessionId = await table.deal(node);
    await node.manager.shutDown();
    table.now += 31 * DAY;
    return { table, sessionId };
  }

  it('ends what nobody has touched for too long, with that reason, and archives it', async () => {
    const { table, sessionId } = await abandonedTable();
    const { caretaker, manager } = table.start();
    expect(await caretaker.goRound()).toEqual({ abandoned: 1, archived: 0, failed: 0 });
    expect(await manager.present(sessionId)).toMatchObject({ status: 'closed', exitReason: 'abandoned' });
    expect(await table.stores.history.get(sessionId)).toMatchObject({
      result: 'abandoned',
      endReason: 'abandoned',
    });
    expect(await table.stores.sessions.countUnfinished()).toBe(0);
    expect(await caretaker.goRound()).toEqual({ abandoned: 0, archived: 0, failed: 0 });
  });

  it('leaves alone what was played since, and everything when told to', async () => {
    const { table, sessionId } = await abandonedTable();
    const patient = table.start({ abandonAfterMs: 32 * DAY });
    expect(await patient.caretaker.goRound()).toMatchObject({ abandoned: 0 });
    await patient.manager.resume(sessionId);
    await patient.manager.shutDown();
    expect(await table.start().caretaker.goRound()).toMatchObject({ abandoned: 0 });
    expect(await table.start().manager.present(sessionId)).toMatchObject({ status: 'paused' });
  });

  it('believes the log and not a summary that lags behind it', async () => {
    const { table, sessionId } = await abandonedTable();
    const { sessions } = table.stores;
    const stale = await sessions.get(sessionId);
    const node = table.start();
    await node.manager.resume(sessionId);
    await node.manager.shutDown();
    if (stale === null) throw new Error('no record');
    const lagging = { ...stale.summary, lastSeq: 1_000 };
    await sessions.saveSummaries([{ sessionId, summary: lagging }]);
    expect(await table.start().caretaker.goRound()).toMatchObject({ abandoned: 0, failed: 0 });
  });

  it('archives what a crash kept from it, once it has been lying for a while', async () => {
    const table = careTable();
    const node = table.start();
    const sessionId = await table.deal(node);
    await table.finish(node, sessionId);
    expect(await table.start().caretaker.goRound()).toMatchObject({ archived: 0 });
    table.now += 60_000;
    expect(await table.start().caretaker.goRound()).toMatchObject({ archived: 1 });
    expect(await table.stores.history.get(sessionId)).toMatchObject({ sessionId });
    expect(await table.start().caretaker.goRound()).toMatchObject({ archived: 0 });
  });

  it('goes through any number of sessions, page by page, and lets none keep the others waiting', async () => {
    const table = careTable();
    const node = table.start();
    const ids: string[] = [];
    for (let index = 0; index < 230; index += 1) ids.push(await table.deal(node, `create ${index}`));
    await node.manager.shutDown();
    table.now += 31 * DAY;
    const fresh = table.start();
    const { history } = table.stores;
    const put = history.put.bind(history);
    history.put = (entry) =>
      entry.sessionId === ids[3] ? Promise.reject(new Error('This one will not.')) : put(entry);
    expect(await fresh.caretaker.goRound()).toEqual({ abandoned: 229, archived: 0, failed: 1 });
    expect(fresh.manager.liveSessions).toBe(0);
    expect(table.faults.map(String)).toEqual(['Error: This one will not.']);
    history.put = put;
    table.now += 60_000;
    expect(await fresh.caretaker.goRound()).toEqual({ abandoned: 0, archived: 1, failed: 0 });
  });

  it('stops at once when the database is away, with one error', async () => {
    const table = careTable();
    const node = table.start();
    for (let index = 0; index < 20; index += 1) await table.deal(node, `create ${index}`);
    await node.manager.shutDown();
    table.now += 31 * DAY;
    const { StoreUnavailable } = await import('../src/store/storeErrors.ts');
    let asked = 0;
    table.stores.log.read = () => {
      asked += 1;
      return Promise.reject(new StoreUnavailable(new Error('gone')));
    };
    await expect(table.start().caretaker.goRound()).rejects.toBeInstanceOf(StoreUnavailable);
    expect(asked).toBeLessThan(10);
    expect(table.faults).toEqual([]);
  });

  it('goes one round at a time', async () => {
    const { table } = await abandonedTable();
    const { caretaker } = table.start();
    const [first, second] = [caretaker.goRound(), caretaker.goRound()];
    expect(first).toBe(second);
    await first;
    expect(caretaker.goRound()).not.toBe(first);
  });
});
