import { describe, expect, it } from 'vitest';
import { startDuel } from '../testing/duel.ts';

describe('the clock of a session', () => {
  it('stands while the session is paused', async () => {
    const duel = await startDuel();
    duel.world.now += 30_000;
    await duel.manager.pause(duel.sessionId);
    duel.world.now += 86_400_000;
    expect(await duel.manager.present(duel.sessionId)).toMatchObject({
      status: 'paused',
      runtimeMs: 30_000,
    });
    await duel.manager.resume(duel.sessionId);
    duel.world.now += 1_000;
    expect(await duel.manager.present(duel.sessionId)).toMatchObject({
      status: 'active',
      runtimeMs: 31_000,
    });
  });

  it('is started again by acting', async () => {
    const duel = await startDuel();
    await duel.manager.pause(duel.sessionId);
    expect(await duel.play('home', '1')).toMatchObject({ ok: true, turns: 1 });
    expect(duel.log().map((event) => event.kind)).toContain('session_resumed');
  });

  it('is not started by a stranger', async () => {
    const duel = await startDuel();
    await duel.manager.pause(duel.sessionId);
    const before = [...duel.log()];
    const input = { action: { type: 'play', card: 1 } };
    await duel.manager.act({ sessionId: duel.sessionId, playerId: 'eve', commandId: '1', input });
    expect(duel.log()).toEqual(before);
  });

  it('ends the session at the time limit, though nobody acts', async () => {
    const duel = await startDuel();
    duel.world.now += 599_000;
    await duel.manager.checkLimits(duel.sessionId);
    expect(await duel.manager.present(duel.sessionId)).toMatchObject({ status: 'active' });
    duel.world.now += 1_000;
    await duel.manager.checkLimits(duel.sessionId);
    expect(duel.log().at(-1)).toMatchObject({
      kind: 'session_end',
      data: { reason: 'stopping_condition_met:_runtime_seconds_>=600' },
    });
  });

  it('keeps what a player said after the time was up', async () => {
    const duel = await startDuel();
    duel.world.now += 601_000;
    expect(await duel.play('home', '1')).toMatchObject({ ok: true, accepted: false, exited: true });
    expect(
      duel
        .log()
        .slice(-3)
        .map((event) => event.kind),
    ).toEqual(['action', 'info', 'session_end']);
  });

  it('stands when an idle session leaves memory, and the session goes on from its log', async () => {
    const duel = await startDuel();
    await duel.play('home', '1');
    expect(await duel.manager.passivate(duel.world.now + 1)).toBe(1);
    expect(duel.manager.liveSessions).toBe(0);
    duel.world.now += 3_600_000;
    expect(await duel.play('away', '2')).toMatchObject({ ok: true, turns: 2 });
  });
});
