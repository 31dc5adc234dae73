import { describe, expect, it } from 'vitest';
import type { SessionLog } from '../ports.ts';
import { startDuel } from '../testing/duel.ts';
import type { Duel } from '../testing/duel.ts';
import { createSessionManager } from './createSessionManager.ts';
import type { SessionEvent } from './event.ts';
import type { SessionHeader } from './session.ts';
import type { BranchSession } from './sessionManager.ts';
import { visibleEvent } from './view.ts';

const ADMIN = { seat: null, seesAll: true };

async function branch(duel: Duel, request: Partial<BranchSession> = {}): Promise<SessionHeader> {
  const asked = { sessionId: duel.sessionId, playerId: 'ann', commandId: 'branch', ...request };
  const made = await duel.manager.branch(asked);
  if (!made.ok) throw new Error(made.message);
  return made.record.header;
}

const logOf = ({ world }: Duel, sessionId: string): readonly SessionEvent[] =>
  world.events.get(sessionId) ?? [];

/** Everything of an event but which session it is in. */
const content = ({ sessionId: _session, eventId: _id, ...rest }: SessionEvent) => rest;

const lastSeq = (duel: Duel): number => duel.log().length;

describe('a branch', () => {
  it('begins with a copy of its parent and then says that it is one', async () => {
    const duel = await startDuel();
    await duel.play('home', 'c1');
    const { sessionId, parent } = await branch(duel);
    const log = logOf(duel, sessionId);
    expect(parent).toEqual({ sessionId: duel.sessionId, seq: lastSeq(duel) });
    expect(log.slice(0, -1).map(content)).toEqual(duel.log().map(content));
    expect(log.at(-1)).toMatchObject({ kind: 'branched', seat: 'home', seq: lastSeq(duel) + 1 });
    expect(log.every((event) => event.sessionId === sessionId)).toBe(true);
    const ids = [...log, ...duel.log()].map(({ eventId }) => eventId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is the game as it was, paused, with the time that was played', async () => {
    const duel = await startDuel();
    duel.world.now += 5_000;
    await duel.play('home', 'c1');
    const then = await duel.manager.present(duel.sessionId);
    duel.world.now += 3_600_000;
    const { sessionId } = await branch(duel);
    const child = await duel.manager.present(sessionId);
    expect(child).toMatchObject({ status: 'paused', turns: 1, opened: true, runtimeMs: 5_000 });
    expect(child?.view(ADMIN)).toEqual(then?.view(ADMIN));
    duel.world.now += 3_600_000;
    await duel.manager.resume(sessionId);
    expect(await duel.manager.present(sessionId)).toMatchObject({ status: 'active', runtimeMs: 5_000 });
  });

  it('goes its own way: neither log is touched by what is played in the other', async () => {
    const duel = await startDuel();
    const { sessionId } = await branch(duel);
    const card = duel.hand('home')[0];
    const input = { action: { type: 'play', card: card ?? 0 } };
    const parent = [...duel.log()];
    const reply = await duel.manager.act({ sessionId, playerId: 'ann', commandId: 'mine', input });
    expect(reply).toMatchObject({ ok: true, accepted: true, turns: 1 });
    expect(duel.log()).toEqual(parent);
    const child = [...logOf(duel, sessionId)];
    await duel.play('home', 'c2');
    expect(logOf(duel, sessionId)).toEqual(child);
  });

  it('takes chances of its own, or its owner would know what is to come', async () => {
    const duel = await startDuel();
    const seeds = await Promise.all(
      ['b1', 'b2'].map(async (commandId) => (await branch(duel, { commandId })).seed),
    );
    const parent = await duel.world.ports.sessions.get(duel.sessionId);
    expect(new Set([...seeds, parent?.header.seed]).size).toBe(3);
  });

  it('can be made at any event, and is the game as it was just after it', async () => {
    const duel = await startDuel();
    await duel.play('home', 'c1');
    await duel.play('away', 'c2');
    for (let atSeq = 0; atSeq <= lastSeq(duel); atSeq += 1) {
      const { sessionId } = await branch(duel, { commandId: `b${atSeq}`, atSeq });
      const log = logOf(duel, sessionId);
      expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: atSeq + 1 }, (_, index) => index + 1));
      expect(log.slice(0, -1).map(content)).toEqual(duel.log().slice(0, atSeq).map(content));
    }
  });

  it('of a session that has not begun can be opened and played', async () => {
    const duel = await startDuel({ open: false });
    const { sessionId } = await branch(duel, { atSeq: 0 });
    expect(await duel.manager.open(sessionId)).toMatchObject({ ok: true, accepted: true });
    expect(logOf(duel, sessionId).map(({ kind }) => kind)).toEqual([
      'branched',
      'session_start',
      'fact',
      'fact',
      'info',
    ]);
  });

  it('made in the middle of a command finishes it when it wakes, as after a crash', async () => {
    const duel = await startDuel();
    await duel.play('home', 'c1');
    const action = duel.log().find(({ kind }) => kind === 'action');
    const { sessionId } = await branch(duel, { atSeq: action?.seq ?? 0 });
    await duel.manager.resume(sessionId);
    expect(
      logOf(duel, sessionId)
        .slice(-4)
        .map(({ kind }) => kind),
    ).toEqual(['action', 'branched', 'session_resumed', 'fact']);
    expect(logOf(duel, sessionId).at(-1)).toMatchObject({ commandId: 'ann/c1', receipt: { accepted: true } });
    expect(await duel.manager.present(sessionId)).toMatchObject({ turns: 1 });
  });

  it('can be made of a branch, and of what was rolled back', async () => {
    const duel = await startDuel();
    const dealt = lastSeq(duel);
    await duel.play('home', 'c1');
    const played = lastSeq(duel);
    const back = { sessionId: duel.sessionId, playerId: 'ann', commandId: 'back', toSeq: dealt };
    await duel.manager.rollBack(back);
    const undone = await branch(duel, { atSeq: played });
    const grandchild = await branch(duel, { sessionId: undone.sessionId, commandId: 'again' });
    for (const { sessionId } of [undone, grandchild])
      expect(await duel.manager.present(sessionId)).toMatchObject({ turns: 1 });
    expect(logOf(duel, grandchild.sessionId).map(({ kind }) => kind)).toEqual([
      ...logOf(duel, undone.sessionId).map(({ kind }) => kind),
      'branched',
    ]);
  });

  it('is in the list of its owner alone, as the newest', async () => {
    const duel = await startDuel();
    duel.world.now += 1_000;
    const { sessionId } = await branch(duel);
    const listed = async (playerId: string) =>
      (await duel.world.ports.sessions.listByPlayer(playerId, { limit: 10 })).map(
        (record) => record.header.sessionId,
      );
    expect(await listed('ann')).toEqual([sessionId, duel.sessionId]);
    expect(await listed('ben')).toEqual([duel.sessionId]);
    await duel.manager.resume(sessionId);
    expect(await listed('ben')).toEqual([duel.sessionId]);
  });
});

describe('the seats of a branch', () => {
  const seatsOf = async (duel: Duel, request: Partial<BranchSession>) =>
    (await duel.manager.present((await branch(duel, request)).sessionId))?.seats;

  it('leave whoever branches where they sat, and everybody else’s open', async () => {
    const duel = await startDuel();
    const ann = { kind: 'player', playerId: 'ann' };
    const ben = { kind: 'player', playerId: 'ben' };
    expect(await seatsOf(duel, {})).toEqual({ home: ann, away: { kind: 'open' } });
    expect(await seatsOf(duel, { playerId: 'ben' })).toEqual({ home: { kind: 'open' }, away: ben });
    // Before Ben sat down, he had no seat yet: he keeps the one that he has now.
    expect(await seatsOf(duel, { playerId: 'ben', commandId: 'early', atSeq: 0 })).toEqual({
      home: { kind: 'open' },
      away: ben,
    });
  });

  it('give the owner’s seat to an admin, who has none', async () => {
    const duel = await startDuel();
    expect(await seatsOf(duel, { playerId: 'root' })).toEqual({
      home: { kind: 'player', playerId: 'root' },
      away: { kind: 'open' },
    });
  });

  it('can be taken by others, who are not told under which account the branch was made', async () => {
    const duel = await startDuel();
    const { sessionId } = await branch(duel);
    const take = { sessionId, playerId: 'cleo', commandId: 'sit', seat: 'away' };
    expect(await duel.manager.takeSeat(take)).toMatchObject({ ok: true });
    const event = logOf(duel, sessionId).find(({ kind }) => kind === 'branched');
    if (event === undefined) throw new Error('The branch does not say that it is one.');
    expect(visibleEvent(event, { seat: 'away', seesAll: false }).data).toEqual({ atSeq: lastSeq(duel) });
    expect(visibleEvent(event, ADMIN).data).toMatchObject({ playerId: 'ann' });
  });
});

describe('a branch of a session that is over', () => {
  async function endedDuel(): Promise<{ duel: Duel; lastMove: number }> {
    const duel = await startDuel();
    for (const round of [1, 2, 3])
      for (const seat of ['home', 'away'] as const) await duel.play(seat, `${seat}${round}`);
    expect(duel.log().at(-1)?.kind).toBe('session_end');
    return { duel, lastMove: duel.log().findLast(({ kind }) => kind === 'action')?.seq ?? 0 };
  }

  it('is made where the last move is still to be made, unless said otherwise', async () => {
    const { duel, lastMove } = await endedDuel();
    const { sessionId, parent } = await branch(duel, { playerId: 'ben' });
    expect(parent?.seq).toBe(lastMove - 1);
    const card = duel.log()[lastMove - 1]?.data?.['card'] ?? 0;
    const input = { action: { type: 'play', card } };
    const reply = await duel.manager.act({ sessionId, playerId: 'ben', commandId: 'last', input });
    expect(reply).toMatchObject({ accepted: true, exited: true, exitReason: 'game_completed' });
  });

  it('goes on after a close as if it had never been closed', async () => {
    const duel = await startDuel();
    await duel.manager.close({ sessionId: duel.sessionId, playerId: 'ann', commandId: 'close' });
    const { parent, sessionId } = await branch(duel);
    expect(parent?.seq).toBe(lastSeq(duel) - 1);
    expect(await duel.manager.present(sessionId)).toMatchObject({ status: 'paused', exited: false });
  });

  it('is refused at its end, with the last place that has a way on', async () => {
    const { duel, lastMove } = await endedDuel();
    const end = lastSeq(duel);
    for (const atSeq of [end, end - 1]) {
      const refused = await duel.manager.branch({
        sessionId: duel.sessionId,
        playerId: 'ann',
        commandId: 'b',
        atSeq,
      });
      expect(refused).toMatchObject({ ok: false, reason: 'branch/over' });
      expect(refused).toHaveProperty('message', expect.stringContaining(`event ${lastMove - 1}`));
    }
    expect([...duel.world.events.keys()]).toEqual([duel.sessionId]);
  });
});

describe('a branch that cannot be made', () => {
  it.each([99, 1_000_000])('is refused beyond the log, at %d, and leaves nothing behind', async (atSeq) => {
    const duel = await startDuel();
    const request = { sessionId: duel.sessionId, playerId: 'ann', commandId: 'b', atSeq };
    expect(await duel.manager.branch(request)).toMatchObject({ reason: 'branch/out-of-range' });
    expect(await duel.manager.branch({ ...request, sessionId: 'nobody' })).toMatchObject({
      reason: 'session/not-found',
    });
    expect([...duel.world.events.keys()]).toEqual([duel.sessionId]);
    expect(await duel.world.ports.sessions.listByPlayer('ann', { limit: 10 })).toHaveLength(1);
  });

  it('is refused when its commandId has made something else', async () => {
    const duel = await startDuel();
    const request = { sessionId: duel.sessionId, playerId: 'ann', commandId: 'create' };
    expect(await duel.manager.branch(request)).toMatchObject({ reason: 'session/create-conflict' });
    await branch(duel, { atSeq: 3 });
    const elsewhere = { ...request, commandId: 'branch', atSeq: 2 };
    expect(await duel.manager.branch(elsewhere)).toMatchObject({ reason: 'session/create-conflict' });
  });
});

class PowerCut extends Error {}

/** A log that writes `room` more events, in the middle of a batch if need be, and then fails until it is mended. */
function failingAfter(log: SessionLog, room: number) {
  const line = { room, mend: () => void (line.room = Number.POSITIVE_INFINITY) };
  const failing: SessionLog = {
    read: (sessionId, afterSeq, limit) => log.read(sessionId, afterSeq, limit),
    append: async (events) => {
      const kept = events.slice(0, line.room);
      line.room -= kept.length;
      const persisted = kept.length > 0 ? await log.append(kept) : [];
      if (kept.length < events.length) throw new PowerCut('power cut');
      return persisted;
    },
  };
  return { failing, line };
}

/** A duel whose log is longer than a batch of copies. */
async function longDuel(): Promise<Duel> {
  const duel = await startDuel();
  for (let round = 0; round < 110; round += 1) {
    await duel.manager.pause(duel.sessionId);
    await duel.manager.resume(duel.sessionId);
  }
  await duel.play('home', 'c1');
  return duel;
}

describe('a branch whose copying is cut off', () => {
  const CUTS = [0, 1, 7, 199, 200, 201, 226, 227];

  it.each(CUTS)('after %d events is finished by the repeated command', async (room) => {
    const duel = await longDuel();
    expect(lastSeq(duel)).toBe(227);
    const { failing, line } = failingAfter(duel.world.ports.log, room);
    duel.manager = createSessionManager({ ...duel.world.ports, log: failing });
    const request = { sessionId: duel.sessionId, playerId: 'ann', commandId: 'branch' };
    await expect(duel.manager.branch(request)).rejects.toThrow(PowerCut);
    line.mend();
    const { sessionId } = await branch(duel);
    expect(await branch(duel)).toMatchObject({ sessionId });
    expect(logOf(duel, sessionId)).toHaveLength(228);
    expect(logOf(duel, sessionId).slice(0, -1).map(content)).toEqual(duel.log().map(content));
    expect(await duel.world.ports.sessions.listByPlayer('ann', { limit: 10 })).toHaveLength(2);
  });

  it.each(CUTS)('after %d events is finished by whoever looks at it next', async (room) => {
    const duel = await longDuel();
    const { failing } = failingAfter(duel.world.ports.log, room);
    const first = createSessionManager({ ...duel.world.ports, log: failing });
    const request = { sessionId: duel.sessionId, playerId: 'ann', commandId: 'branch' };
    await expect(first.branch(request)).rejects.toThrow(PowerCut);
    const records = await duel.world.ports.sessions.listByPlayer('ann', { limit: 10 });
    const child = records.find(({ header }) => header.parent !== null);
    const sessionId = child?.header.sessionId ?? '';
    duel.manager = duel.world.restart();
    expect(await duel.manager.present(sessionId)).toMatchObject({ status: 'paused', turns: 1, lastSeq: 228 });
    expect(logOf(duel, sessionId)).toHaveLength(228);
  });

  it('is copied once, however many copy at the same time', async () => {
    const duel = await longDuel();
    const others = Array.from({ length: 4 }, () => duel.world.restart());
    const request = { sessionId: duel.sessionId, playerId: 'ann', commandId: 'branch' };
    const made = await Promise.all(others.map((manager) => manager.branch(request)));
    const ids = new Set(made.map((one) => (one.ok ? one.record.header.sessionId : one.reason)));
    expect(ids.size).toBe(1);
    expect(logOf(duel, [...ids][0] ?? '')).toHaveLength(228);
  });

  it('is written in batches that a store can bear', async () => {
    const duel = await longDuel();
    const sizes: number[] = [];
    duel.world.beforeAppend = (events) => void sizes.push(events.length);
    await branch(duel);
    expect(sizes).toEqual([200, 27, 1]);
  });
});
