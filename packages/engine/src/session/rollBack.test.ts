import { describe, expect, it } from 'vitest';
import { startDuel } from '../testing/duel.ts';
import type { Duel } from '../testing/duel.ts';

const ADMIN = { seat: null, seesAll: true };

const goBack = (duel: Duel, commandId: string, toSeq: number) =>
  duel.manager.rollBack({ sessionId: duel.sessionId, playerId: 'ann', commandId, toSeq });

const viewOf = async (duel: Duel) => (await duel.manager.present(duel.sessionId))?.view(ADMIN);

const OUT_OF_RANGE = { ok: false, reason: 'rollback/out-of-range' };

describe('going back', () => {
  it('is refused to before the session was open, where there is no game to go on with', async () => {
    const duel = await startDuel();
    const dealt = duel.log().length;
    for (let toSeq = 1; toSeq < dealt; toSeq += 1)
      expect(await goBack(duel, `b${toSeq}`, toSeq)).toMatchObject(OUT_OF_RANGE);
    expect(duel.log()).toHaveLength(dealt);
    expect(await duel.play('home', 'c1')).toMatchObject({ accepted: true });
  });

  it('is refused to what a roll-back has undone', async () => {
    const duel = await startDuel();
    const dealt = duel.log().length;
    await duel.play('home', 'c1');
    const played = duel.log().length;
    await goBack(duel, 'b1', dealt);
    expect(await goBack(duel, 'b2', played)).toMatchObject(OUT_OF_RANGE);
    expect(await goBack(duel, 'b3', dealt)).toMatchObject({ ok: true, turns: 0 });
  });

  it('is refused to a resumption in the middle of a turn, where the game owes an answer', async () => {
    const duel = await startDuel();
    duel.world.beforeAppend = (events) => {
      if (events.some(({ data }) => data?.['die'] !== undefined)) throw new Error('power cut');
    };
    await expect(duel.play('home', 'c1')).rejects.toThrow('power cut');
    duel.world.beforeAppend = null;
    duel.manager = duel.world.restart();
    await duel.manager.resume(duel.sessionId);
    const resumed = duel.log().findLast(({ kind }) => kind === 'session_resumed')?.seq ?? 0;
    const after = await viewOf(duel);
    expect(await goBack(duel, 'b1', resumed)).toMatchObject(OUT_OF_RANGE);
    expect(await viewOf(duel)).toEqual(after);
  });

  it('is possible to a pause between two turns, and after a restart it is the same', async () => {
    const duel = await startDuel();
    await duel.play('home', 'c1');
    const then = await viewOf(duel);
    await duel.manager.pause(duel.sessionId);
    const paused = duel.log().length;
    await duel.play('away', 'c2');
    expect(await goBack(duel, 'b1', paused)).toMatchObject({ ok: true, turns: 1 });
    expect(await viewOf(duel)).toEqual(then);
    duel.manager = duel.world.restart();
    expect(await viewOf(duel)).toEqual(then);
  });

  it('rolls other dice than those that were taken back', async () => {
    const rolls = new Set<unknown>();
    const duel = await startDuel();
    const dealt = duel.log().length;
    for (let round = 0; round < 12; round += 1) {
      const card = duel.log().find(({ audience }) => audience?.includes('home'))?.data?.['hand'];
      const action = { type: 'play', card: Array.isArray(card) ? card[0] : 0 };
      const { sessionId } = duel;
      await duel.manager.act({ sessionId, playerId: 'ann', commandId: `c${round}`, input: { action } });
      rolls.add(duel.log().at(-1)?.data?.['die']);
      await goBack(duel, `b${round}`, dealt);
    }
    expect(rolls.size).toBeGreaterThan(1);
  });
});
