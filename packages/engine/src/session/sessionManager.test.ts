import { describe, expect, it } from 'vitest';
import { startDuel } from '../testing/duel.ts';
import { createTestWorld } from '../testing/testWorld.ts';
import { createSessionManager } from './createSessionManager.ts';

const kinds = (events: readonly { kind: string }[]) => events.map((event) => event.kind);

describe('creating a session', () => {
  it('writes a header and no event', async () => {
    const world = createTestWorld();
    const manager = createSessionManager(world.ports);
    const created = await manager.create({
      game: 'Card Duel',
      ownerId: 'ann',
      commandId: 'c',
      source: 'test',
    });
    expect(created).toMatchObject({
      ok: true,
      record: { summary: { status: 'active', turns: 0, lastSeq: 0 } },
    });
    expect(world.events.size).toBe(0);
  });

  it('happens once for one command, however often it is sent', async () => {
    const manager = createSessionManager(createTestWorld().ports);
    const request = { game: 'card-duel', ownerId: 'ann', commandId: 'c', source: 'test' };
    const [first, second] = [await manager.create(request), await manager.create(request)];
    expect(second).toEqual(first);
  });

  it('is answered in the same way when the session is long over', async () => {
    const { manager, sessionId } = await startDuel();
    const request = { game: 'card-duel', ownerId: 'ann', commandId: 'create', source: 'test' };
    const before = await manager.create(request);
    await manager.close({ sessionId, playerId: 'ann', commandId: 'close' });
    expect(await manager.create(request)).toEqual(before);
  });

  it.each([
    [{ game: 'chess' }, 'game/unknown'],
    [{ config: { cards: 99 } }, 'game/invalid-config'],
    [{ config: { jokers: 2 } }, 'game/invalid-config'],
    [{ characters: { home: 'X' } }, 'seat/unknown'],
  ])('refuses %j with %s', async (change, reason) => {
    const manager = createSessionManager(createTestWorld().ports);
    const request = { game: 'card-duel', ownerId: 'ann', commandId: 'c', source: 'test', ...change };
    expect(await manager.create(request)).toMatchObject({ ok: false, reason });
  });
});

describe('opening a session', () => {
  it('plays the opening turn once', async () => {
    const duel = await startDuel();
    const again = await duel.manager.open(duel.sessionId);
    expect(again).toMatchObject({ ok: true, accepted: true });
    expect(kinds(duel.log())).toEqual(['seat_taken', 'session_start', 'fact', 'fact', 'info']);
  });

  it('does not hold up those who only look: they see the last durable state of one and the same session', async () => {
    const world = createTestWorld();
    const { ports } = world;
    const written = Promise.withResolvers<void>();
    const append: typeof ports.log.append = (events) => written.promise.then(() => ports.log.append(events));
    const manager = createSessionManager({ ...ports, log: { ...ports.log, append } });
    const created = await manager.create({
      game: 'card-duel',
      ownerId: 'ann',
      commandId: 'c',
      source: 'test',
    });
    const sessionId = created.ok ? created.record.header.sessionId : '';
    const opening = manager.open(sessionId);
    expect(await manager.present(sessionId)).toMatchObject({ lastSeq: 0, opened: false });
    written.resolve();
    expect(await opening).toMatchObject({ ok: true });
    await manager.resume(sessionId);
    expect(kinds(world.events.get(sessionId) ?? [])).toEqual(['session_start', 'fact', 'fact', 'info']);
  });

  it('answers session/not-found for an unknown session', async () => {
    const { manager } = await startDuel();
    expect(await manager.open('nowhere')).toMatchObject({ ok: false, reason: 'session/not-found' });
  });
});

describe('acting', () => {
  it('records the action before the die it leads to, and publishes what it recorded', async () => {
    const duel = await startDuel();
    const outcome = await duel.play('home', 'a1');
    expect(outcome).toMatchObject({ ok: true, accepted: true, turns: 1, exited: false, lastSeq: 7 });
    expect(kinds(duel.log().slice(-2))).toEqual(['action', 'fact']);
    expect(duel.world.published.get(duel.sessionId)).toEqual(duel.log());
  });

  it('has one effect and one reply for one commandId', async () => {
    const duel = await startDuel();
    const command = duel.command('home', 'a1');
    const replies = await Promise.all([1, 2, 3].map(() => duel.manager.act(command)));
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
    expect(duel.log()).toHaveLength(7);
  });

  it('plays what arrives together one after the other, the second on what the first has left', async () => {
    const duel = await startDuel();
    const [card = 0] = duel.hand('away');
    const again = { ...duel.command('home', '1'), commandId: 'again' };
    const away = { ...again, playerId: 'ben', commandId: '1', input: { action: { type: 'play', card } } };
    const commands = [duel.command('home', '1'), again, away];
    const replies = await Promise.all(commands.map((command) => duel.manager.act(command)));
    expect(replies).toMatchObject([
      { ok: true, turns: 1 },
      { ok: false, reason: 'move/not-your-turn' },
      { ok: true, turns: 2 },
    ]);
  });

  it('keeps the commands of two players apart though they chose the same id', async () => {
    const duel = await startDuel();
    await duel.play('home', '1');
    expect(await duel.play('away', '1')).toMatchObject({ ok: true, turns: 2 });
  });

  it('gives contiguous numbers and times that never decrease', async () => {
    const duel = await startDuel();
    duel.world.now -= 60_000;
    await duel.play('home', '1');
    const log = duel.log();
    expect(log.map((event) => event.seq)).toEqual(log.map((_, index) => index + 1));
    expect(log.map((event) => event.at)).toEqual(log.map((event) => event.at).toSorted((a, b) => a - b));
  });

  it.each([
    ['a stranger', { playerId: 'eve' }, 'seat/not-held'],
    ['text in a game of actions', { input: { text: 'hello' } }, 'input/not-text'],
    ['an action of another shape', { input: { action: { type: 'fold' } } }, 'input/invalid-action'],
    [
      'a card that is not in the hand',
      { input: { action: { type: 'play', card: 0 } } },
      'input/invalid-action',
    ],
    ['a turn that is not theirs', { playerId: 'ben' }, 'move/not-your-turn'],
  ])('refuses %s without a trace', async (_name, change, reason) => {
    const duel = await startDuel();
    const before = [...duel.log()];
    const card = duel.hand('home')[0] ?? 0;
    const outcome = await duel.manager.act({
      sessionId: duel.sessionId,
      playerId: 'ann',
      commandId: 'x',
      input: { action: { type: 'play', card } },
      ...change,
    });
    expect(outcome).toMatchObject({ ok: false, reason });
    expect(duel.log()).toEqual(before);
  });

  it('is refused before the session is opened', async () => {
    const duel = await startDuel({ open: false });
    expect(await duel.play('home', 'a')).toMatchObject({ ok: false, reason: 'session/not-opened' });
  });

  it('ends the session when the game is over, and refuses what comes after', async () => {
    const duel = await startDuel();
    for (let round = 0; round < 3; round++) {
      await duel.play('home', `h${round}`);
      await duel.play('away', `a${round}`);
    }
    expect(duel.log().at(-1)).toMatchObject({ kind: 'session_end', data: { reason: 'game_completed' } });
    expect(await duel.play('home', 'late')).toMatchObject({ ok: false, reason: 'session/closed' });
    expect(await duel.manager.present(duel.sessionId)).toMatchObject({
      status: 'closed',
      exitReason: 'game_completed',
    });
  });
});

describe('seats', () => {
  it('are taken once, and given back', async () => {
    const duel = await startDuel();
    const sit = { sessionId: duel.sessionId, playerId: 'eve', seat: 'away' };
    expect(await duel.manager.takeSeat({ ...sit, commandId: '1' })).toMatchObject({ reason: 'seat/taken' });
    await duel.manager.releaseSeat({ sessionId: duel.sessionId, playerId: 'ben', commandId: '2' });
    expect(await duel.manager.takeSeat({ ...sit, commandId: '3' })).toMatchObject({ ok: true });
    expect(await duel.manager.takeSeat({ ...sit, seat: 'umpire', commandId: '4' })).toMatchObject({
      reason: 'seat/unknown',
    });
  });

  it('show each its own hand and only the size of the other', async () => {
    const duel = await startDuel();
    const present = await duel.manager.present(duel.sessionId);
    expect(present?.view({ seat: 'home', seesAll: false })).toMatchObject({
      hands: { home: duel.hand('home'), away: 3 },
    });
    expect(present?.view({ seat: null, seesAll: false })).toMatchObject({ hands: { home: 3, away: 3 } });
  });
});

describe('closing', () => {
  it('ends the session once, with the reason of the close button', async () => {
    const duel = await startDuel();
    const close = { sessionId: duel.sessionId, playerId: 'ann', commandId: 'bye' };
    const first = await duel.manager.close(close);
    expect(await duel.manager.close(close)).toEqual(first);
    expect(first).toMatchObject({ ok: true, exited: true, exitReason: 'user_close_button' });
  });

  it('is open to a player whose move is not awaited', async () => {
    const duel = await startDuel();
    const ben = { sessionId: duel.sessionId, playerId: 'ben' };
    expect(await duel.play('away', '1')).toMatchObject({ ok: false, reason: 'move/not-your-turn' });
    expect(await duel.manager.close({ ...ben, commandId: 'bye' })).toMatchObject({ ok: true, exited: true });
  });

  it('by a stranger changes nothing', async () => {
    const duel = await startDuel();
    const before = [...duel.log()];
    const outcome = await duel.manager.close({
      sessionId: duel.sessionId,
      playerId: 'eve',
      commandId: 'bye',
    });
    expect(outcome).toMatchObject({ ok: false, reason: 'seat/not-held' });
    expect(duel.log()).toEqual(before);
  });
});

describe('the summary of a session', () => {
  it('says that it is over before the command that ended it is answered', async () => {
    const duel = await startDuel();
    await duel.manager.close({ sessionId: duel.sessionId, playerId: 'ann', commandId: 'bye' });
    const record = await duel.world.ports.sessions.get(duel.sessionId);
    expect(record?.summary).toMatchObject({ status: 'closed', terminationReason: 'user_close_button' });
  });

  it('names a new player before the seat is theirs', async () => {
    const duel = await startDuel();
    const record = await duel.world.ports.sessions.get(duel.sessionId);
    expect(record?.summary.playerIds).toEqual(['ann', 'ben']);
  });

  it('may lag, but what is in memory is there without loading, and what is not stays where it is', async () => {
    const duel = await startDuel();
    expect(duel.manager.presentInMemory(duel.sessionId)).toMatchObject({ opened: true, endedAt: null });
    expect(duel.world.restart().presentInMemory(duel.sessionId)).toBeNull();
  });
});

describe('shutting down', () => {
  it('stops the clocks, saves the summaries and takes no further command', async () => {
    const duel = await startDuel();
    await duel.play('home', 'a');
    await duel.manager.shutDown();
    expect(duel.log().at(-1)).toMatchObject({ kind: 'session_paused' });
    const record = await duel.world.ports.sessions.get(duel.sessionId);
    expect(record?.summary).toMatchObject({ status: 'paused', turns: 1, lastSeq: duel.log().length });
    expect(await duel.play('away', 'b')).toMatchObject({ reason: 'session/unavailable', retryable: true });
  });
});
