import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SequenceConflict } from '../ports.ts';
import { createSessionManager } from './createSessionManager.ts';
import { startDuel } from '../testing/duel.ts';
import { loadSession } from './liveSession.ts';
import { rolledBack } from './lifecycle.ts';

class Crash extends Error {}

describe('a restart', () => {
  it('finishes a turn that was left open between the action and the die', async () => {
    const duel = await startDuel();
    duel.world.beforeAppend = (events) => {
      if (events.some((event) => event.data?.['die'] !== undefined)) throw new Crash('power cut');
    };
    await expect(duel.play('home', 'a1')).rejects.toThrow(Crash);
    duel.world.beforeAppend = null;
    duel.manager = duel.world.restart();
    await duel.manager.resume(duel.sessionId);
    expect(
      duel
        .log()
        .slice(-3)
        .map((event) => event.kind),
    ).toEqual(['action', 'session_resumed', 'fact']);
    expect(duel.log().at(-1)).toMatchObject({ commandId: 'ann/a1', receipt: { accepted: true } });
  });

  it('can finish the open turn for a player who does not come back, and then stops the clock', async () => {
    const duel = await startDuel();
    duel.world.beforeAppend = (events) => {
      if (events.some((event) => event.data?.['die'] !== undefined)) throw new Crash('power cut');
    };
    const command = duel.command('home', 'a1');
    await expect(duel.manager.act(command)).rejects.toThrow(Crash);
    duel.world.beforeAppend = null;
    duel.world.now += 3_600_000;
    duel.manager = duel.world.restart();
    expect(await duel.manager.recover(duel.sessionId)).toBe('finished');
    expect(
      duel
        .log()
        .slice(-4)
        .map(({ kind }) => kind),
    ).toEqual(['action', 'session_resumed', 'fact', 'session_paused']);
    expect(await duel.manager.present(duel.sessionId)).toMatchObject({ status: 'paused', runtimeMs: 0 });
    expect(await duel.manager.act(command)).toMatchObject({ accepted: true });
  });

  it('finishes an open turn before somebody takes a seat, and while the session is held lets them wait', async () => {
    const duel = await startDuel();
    await duel.manager.releaseSeat({ sessionId: duel.sessionId, playerId: 'ben', commandId: 'up' });
    duel.world.beforeAppend = (events) => {
      if (events.some((event) => event.data?.['die'] !== undefined)) throw new Crash('power cut');
    };
    await expect(duel.play('home', 'a1')).rejects.toThrow(Crash);
    duel.world.beforeAppend = null;
    duel.manager = duel.world.restart();
    const { sessionId } = duel;
    const steered = { sessionId, playerId: 'root', reason: '' };
    await duel.manager.hold({ ...steered, commandId: 'hold' });
    const sit = { sessionId, playerId: 'eve', seat: 'away', commandId: 'sit' };
    expect(await duel.manager.takeSeat(sit)).toMatchObject({ ok: false, reason: 'session/held' });
    await duel.manager.release({ ...steered, commandId: 'release' });
    expect(await duel.manager.takeSeat(sit)).toMatchObject({ ok: true });
    const ends = duel.log().filter(({ receipt }) => receipt?.accepted === true);
    expect(ends.slice(-2).map(({ kind, commandId }) => `${kind} ${commandId}`)).toEqual([
      'fact ann/a1',
      'seat_taken eve/sit',
    ]);
  });

  it('stops a clock that was left running, and leaves alone what is driven, paused, over or not begun', async () => {
    const duel = await startDuel();
    expect(await duel.manager.recover(duel.sessionId)).toBe('nothing');
    expect(await duel.world.restart().recover(duel.sessionId)).toBe('paused');
    const before = duel.log().length;
    expect(await duel.world.restart().recover(duel.sessionId)).toBe('nothing');
    expect(duel.log()).toHaveLength(before);
    expect(await duel.world.restart().recover('nobody')).toBe('nothing');
    const unopened = await startDuel({ open: false });
    expect(await unopened.world.restart().recover(unopened.sessionId)).toBe('nothing');
  });

  it('opens a session whose opening was cut short', async () => {
    const duel = await startDuel({ open: false });
    duel.world.beforeAppend = (events) => {
      if (events.some(({ kind }) => kind !== 'session_start')) throw new Crash('power cut');
    };
    await expect(duel.manager.open(duel.sessionId)).rejects.toThrow(Crash);
    duel.world.beforeAppend = null;
    const next = duel.world.restart();
    expect(await next.recover(duel.sessionId)).toBe('finished');
    expect(await next.present(duel.sessionId)).toMatchObject({ opened: true, status: 'paused' });
  });

  it('answers a repeated command with the reply that the log holds', async () => {
    const duel = await startDuel();
    const command = duel.command('home', 'a1');
    const first = await duel.manager.act(command);
    expect(await duel.world.restart().act(command)).toEqual(first);
  });

  it('rolls the same die that the lost turn would have shown', async () => {
    const roll = async (crash: boolean) => {
      const duel = await startDuel();
      let cut = crash;
      duel.world.beforeAppend = (events) => {
        if (cut && events.some((event) => event.data?.['die'] !== undefined)) throw new Crash('power cut');
      };
      await duel.play('home', 'a1').catch(() => undefined);
      cut = false;
      duel.manager = duel.world.restart();
      await duel.manager.resume(duel.sessionId);
      return duel.log().find((event) => event.data?.['die'] !== undefined)?.data;
    };
    expect(await roll(true)).toEqual(await roll(false));
  });

  it('does not count the time during which nobody ran the session', async () => {
    const duel = await startDuel();
    duel.world.now += 10_000;
    await duel.play('home', 'a1');
    const again = duel.world.restart();
    duel.world.now += 3_600_000;
    expect(await again.present(duel.sessionId)).toMatchObject({ status: 'paused', runtimeMs: 10_000 });
    await again.resume(duel.sessionId);
    duel.world.now += 5_000;
    expect(await again.present(duel.sessionId)).toMatchObject({ status: 'active', runtimeMs: 15_000 });
  });
});

describe('a failing log', () => {
  it('shows nothing of what was not written, and the command may be sent again', async () => {
    const duel = await startDuel();
    const before = [...duel.log()];
    duel.world.beforeAppend = () => {
      throw new Crash('disk gone');
    };
    await expect(duel.play('home', 'a1')).rejects.toThrow(Crash);
    expect(duel.world.published.get(duel.sessionId)).toEqual(before);
    duel.world.beforeAppend = null;
    expect(await duel.play('home', 'a1')).toMatchObject({ ok: true, turns: 1 });
    expect(duel.log().filter((event) => event.kind === 'action')).toHaveLength(1);
  });

  it('does not double a command whose write succeeded though its reply was lost', async () => {
    const duel = await startDuel();
    const command = duel.command('home', 'a1');
    duel.world.beforeAppend = () => 'lose-reply';
    await expect(duel.manager.act(command)).rejects.toThrow();
    duel.world.beforeAppend = null;
    expect(await duel.manager.act(command)).toMatchObject({ ok: true, accepted: true, turns: 1 });
    expect(duel.log().filter((event) => event.kind === 'action')).toHaveLength(1);
  });

  it('lets the loser of a race for a number reload and go on', async () => {
    const duel = await startDuel();
    const other = createSessionManager(duel.world.ports);
    await other.present(duel.sessionId);
    await duel.play('home', 'a1');
    const card = duel.hand('away')[0] ?? 0;
    const outcome = await other.act({
      sessionId: duel.sessionId,
      playerId: 'ben',
      commandId: 'b1',
      input: { action: { type: 'play', card } },
    });
    expect(outcome).toMatchObject({ ok: true, turns: 2 });
    expect(duel.world.faults).toEqual([]);
    expect(new SequenceConflict('s', 1)).toBeInstanceOf(Error);
  });

  it('never loses or doubles an event, wherever appends fail', async () => {
    const failures = fc.array(fc.constantFrom('ok', 'fail', 'lose-reply'), { minLength: 5, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(failures, async (plan) => {
        const duel = await startDuel();
        let step = 0;
        duel.world.beforeAppend = () => {
          const fate = plan[step++] ?? 'ok';
          if (fate === 'fail') throw new Crash('no write');
          return fate === 'lose-reply' ? 'lose-reply' : undefined;
        };
        await playToTheEnd(duel);
        const log = duel.log();
        const ids = log.flatMap((event) => (event.kind === 'action' ? [event.commandId] : []));
        expect(ids).toEqual(['ann/0', 'ben/1', 'ann/2', 'ben/3', 'ann/4', 'ben/5']);
        expect(log.map((event) => event.seq)).toEqual(log.map((_, index) => index + 1));
        const shown = duel.world.published.get(duel.sessionId) ?? [];
        for (const event of shown) expect(log[event.seq - 1]).toEqual(event);
      }),
      { numRuns: 60 },
    );
  });
});

async function playToTheEnd(duel: Awaited<ReturnType<typeof startDuel>>): Promise<void> {
  for (let turn = 0; turn < 6; turn++) {
    const seat = turn % 2 === 0 ? 'home' : 'away';
    const command = duel.command(seat, String(turn));
    // A client that sees a fault sends the same command again, now and then to a restarted server.
    for (let attempt = 0; attempt < 60; attempt++) {
      const outcome = await duel.manager.act(command).catch(() => null);
      if (outcome?.ok) break;
      if (attempt % 3 === 2) duel.manager = duel.world.restart();
    }
  }
}

describe('the state', () => {
  it('is what the log folds to, roll-backs included', async () => {
    const duel = await startDuel();
    await duel.play('home', '1');
    const toSeq = duel.log().length;
    await duel.play('away', '2');
    const back = { sessionId: duel.sessionId, playerId: 'ben', commandId: 'back', toSeq };
    expect(await duel.manager.rollBack(back)).toMatchObject({ ok: true, turns: 1 });
    const view = (await duel.manager.present(duel.sessionId))?.view({ seat: null, seesAll: true });
    const record = await duel.world.ports.sessions.get(duel.sessionId);
    if (record === null) throw new Error('no record');
    const loaded = await loadSession(duel.world.ports, record);
    expect(loaded.fold.game.view(loaded.state.game, { seat: null, seesAll: true })).toEqual(view);
    expect(await duel.play('away', '3')).toMatchObject({ ok: true });
  });

  it('goes back only to where a turn was complete', async () => {
    const duel = await startDuel();
    await duel.play('home', '1');
    const request = { sessionId: duel.sessionId, playerId: 'ann', commandId: 'x' };
    const middle = duel.log().length - 1;
    expect(await duel.manager.rollBack({ ...request, toSeq: middle })).toMatchObject({
      reason: 'rollback/out-of-range',
    });
    expect(await duel.manager.rollBack({ ...request, toSeq: 999 })).toMatchObject({
      reason: 'rollback/out-of-range',
    });
    expect(rolledBack('home', 3).data).toEqual({ toSeq: 3 });
  });
});
