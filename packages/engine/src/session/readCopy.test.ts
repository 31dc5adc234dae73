import { describe, expect, it } from 'vitest';
import { startDuel } from '../testing/duel.ts';

/** A duel that one process drives while another looks on. */
async function watchedDuel() {
  const duel = await startDuel();
  const onlooker = duel.world.restart();
  const { sessionId } = duel;
  await onlooker.present(sessionId);
  const seen = (): readonly number[] => duel.log().map(({ seq }) => seq);
  const recordedAfter = (seq: number) => duel.world.ports.log.read(sessionId, seq, 500);
  return { duel, onlooker, sessionId, seen, recordedAfter };
}

describe('a session that another process drives', () => {
  it('is shown as it goes on there, without being read again', async () => {
    const { duel, onlooker, sessionId, recordedAfter } = await watchedDuel();
    const before = duel.log().length;
    await duel.play('home', 'a1');
    onlooker.observe(sessionId, await recordedAfter(before));
    const driven = await duel.manager.present(sessionId);
    expect(onlooker.presentInMemory(sessionId)).toEqual({ ...driven, view: expect.any(Function) });
  });

  it('is read again when something was missed, was rolled back, or came while it was being read', async () => {
    const { duel, onlooker, sessionId, recordedAfter } = await watchedDuel();
    await duel.play('home', 'a1');
    const last = duel.log().length;
    onlooker.observe(sessionId, await recordedAfter(last - 1));
    expect(onlooker.presentInMemory(sessionId)).toBeNull();
    expect(await onlooker.present(sessionId)).toMatchObject({ lastSeq: last });

    await duel.manager.rollBack({ sessionId, playerId: 'ann', commandId: 'back', toSeq: last });
    onlooker.observe(sessionId, await recordedAfter(last));
    expect(await onlooker.present(sessionId)).toMatchObject({ lastSeq: duel.log().length });

    onlooker.forget(sessionId);
    const reading = onlooker.present(sessionId);
    onlooker.observe(sessionId, []);
    await reading;
    expect(onlooker.presentInMemory(sessionId)).toBeNull();
  });

  it('runs on for those who look, though nobody here has woken it', async () => {
    const { duel, onlooker, sessionId } = await watchedDuel();
    expect(await onlooker.present(sessionId)).toMatchObject({ status: 'paused' });
    onlooker.observe(sessionId, []);
    duel.world.now += 7_000;
    expect(await onlooker.present(sessionId)).toMatchObject({ status: 'active', runtimeMs: 7_000 });
  });

  it('is neither paused nor changed here when it leaves memory', async () => {
    const { duel, onlooker, sessionId } = await watchedDuel();
    onlooker.observe(sessionId, []);
    const before = duel.log().length;
    await onlooker.passivate(Number.POSITIVE_INFINITY);
    await onlooker.pause(sessionId);
    expect(duel.log()).toHaveLength(before);
  });

  it('answers a command that was played there with the same reply, once it is driven here', async () => {
    const { duel, onlooker, sessionId, recordedAfter } = await watchedDuel();
    const command = duel.command('home', 'a1');
    const before = duel.log().length;
    const reply = await duel.manager.act(command);
    onlooker.observe(sessionId, await recordedAfter(before));
    expect(await onlooker.act(command)).toEqual(reply);
    onlooker.forget(sessionId);
    expect(await onlooker.act(command)).toEqual(reply);
  });

  it('is not moved on where it is driven, lest a turn under way there be written after its own answer', async () => {
    const { duel, sessionId, recordedAfter } = await watchedDuel();
    await duel.play('home', 'a1');
    duel.manager.observe(sessionId, await recordedAfter(0));
    expect(duel.manager.presentInMemory(sessionId)).toMatchObject({ lastSeq: duel.log().length });
    const before = duel.log().length;
    await duel.world.restart().act(duel.command('away', 'b1'));
    duel.manager.observe(sessionId, await recordedAfter(before));
    // Not even a part of it: the copy is as it was, and is not used again.
    expect(duel.manager.presentInMemory(sessionId)).toBeNull();
    expect(await duel.manager.present(sessionId)).toMatchObject({ lastSeq: duel.log().length });
  });

  it('is driven from its log after it was forgotten, and a driver that was left behind changes nothing', async () => {
    const { duel, onlooker, sessionId, seen } = await watchedDuel();
    await duel.play('home', 'a1');
    onlooker.forget(sessionId);
    await onlooker.resume(sessionId);
    expect(duel.log().at(-1)).toMatchObject({ kind: 'session_resumed' });
    await duel.play('away', 'b1');
    expect(seen()).toEqual(seen().map((_seq, index) => index + 1));
  });
});
