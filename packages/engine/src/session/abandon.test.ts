import { describe, expect, it } from 'vitest';
import { createSessionManager } from './createSessionManager.ts';
import { startDuel } from '../testing/duel.ts';
import type { Duel } from '../testing/duel.ts';

const DAY = 86_400_000;

const abandon = ({ manager, sessionId, world }: Duel): Promise<boolean> =>
  manager.abandon(sessionId, world.now - DAY);

describe('an abandoned session', () => {
  it('ends with that reason, and the days of silence were not played', async () => {
    const duel = await startDuel();
    duel.world.now += 5_000;
    await duel.play('home', '1');
    duel.world.now += 30 * DAY;
    duel.manager = duel.world.restart();
    expect(await abandon(duel)).toBe(true);
    expect(await duel.manager.present(duel.sessionId)).toMatchObject({
      status: 'closed',
      exitReason: 'abandoned',
      runtimeMs: 5_000,
    });
  });

  it('ends though its last turn was never answered', async () => {
    const duel = await startDuel();
    duel.world.beforeAppend = (events) => {
      if (events.some((event) => event.data?.['die'] !== undefined)) throw new Error('power cut');
    };
    await duel.play('home', '1').catch(() => undefined);
    duel.world.beforeAppend = null;
    duel.world.now += 30 * DAY;
    duel.manager = duel.world.restart();
    expect(await abandon(duel)).toBe(true);
    expect(await duel.play('away', '2')).toMatchObject({ reason: 'session/closed' });
  });

  it('ends once, however often and from however many processes it is asked for', async () => {
    const duel = await startDuel();
    duel.world.now += 30 * DAY;
    const other = createSessionManager(duel.world.ports);
    await other.present(duel.sessionId);
    const idleSince = duel.world.now - DAY;
    const asked = [duel.manager, other, duel.manager].map((manager) =>
      manager.abandon(duel.sessionId, idleSince),
    );
    expect(await Promise.all(asked)).toEqual([true, true, true]);
    expect(duel.log().filter(({ kind }) => kind === 'session_end')).toHaveLength(1);
  });

  it('ends though it was never opened', async () => {
    const duel = await startDuel({ open: false });
    duel.world.now += 30 * DAY;
    expect(await abandon(duel)).toBe(true);
    expect(await duel.manager.open(duel.sessionId)).toMatchObject({ reason: 'session/closed' });
    expect(await duel.manager.present(duel.sessionId)).toMatchObject({ exitReason: 'abandoned' });
  });

  it('is none when something has happened in it since', async () => {
    const duel = await startDuel();
    await duel.manager.pause(duel.sessionId);
    duel.world.now += 30 * DAY;
    await duel.manager.resume(duel.sessionId);
    expect(await abandon(duel)).toBe(false);
    expect(await duel.manager.present(duel.sessionId)).toMatchObject({ status: 'active' });
  });

  it('is none when there is no such session', async () => {
    const duel = await startDuel();
    expect(await duel.manager.abandon('nobody', Number.MAX_SAFE_INTEGER)).toBe(false);
  });
});

describe('the folded state of a session', () => {
  it('says who has won once it is over, and nothing before', async () => {
    const duel = await startDuel();
    expect((await duel.manager.folded(duel.sessionId))?.outcome).toBeNull();
    for (let turn = 0; turn < 6; turn += 1) await duel.play(turn % 2 === 0 ? 'home' : 'away', String(turn));
    const folded = await duel.manager.folded(duel.sessionId);
    expect(folded?.state.ended?.reason).toBe('game_completed');
    expect(['won', 'draw']).toContain(folded?.outcome?.kind);
    expect(await duel.manager.folded('nobody')).toBeNull();
  });
});
