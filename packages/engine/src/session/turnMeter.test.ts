import { describe, expect, it } from 'vitest';
import { startDuel } from '../testing/duel.ts';
import { createSessionManager } from './createSessionManager.ts';
import type { TurnMeter } from './turnMeter.ts';

/** A duel whose log takes five milliseconds for each append, by the meter's watch. */
async function meteredDuel() {
  const duel = await startDuel();
  const told: string[] = [];
  let now = 0;
  const meter: TurnMeter = {
    now: () => now,
    turn: (game, accepted) => void told.push(`${game} ${accepted ? 'accepted' : 'refused'}`),
    phase: (name, ms) => void told.push(`${name} ${ms}`),
  };
  duel.manager = createSessionManager({ ...duel.world.ports, meter });
  await duel.manager.resume(duel.sessionId);
  duel.world.beforeAppend = () => {
    now += 5;
  };
  return { duel, told };
}

describe('the meter of turns', () => {
  it('is told each part of a turn as it ends, and they add up', async () => {
    const { duel, told } = await meteredDuel();
    expect(await duel.play('home', 'one')).toMatchObject({ ok: true, accepted: true });
    expect(told).toEqual(['queued 0', 'action 5', 'model 0', 'reply 5', 'card-duel accepted', 'total 10']);
  });

  it('counts a repeated command as no second turn', async () => {
    const { duel, told } = await meteredDuel();
    const command = duel.command('home', 'one');
    await duel.manager.act(command);
    await duel.manager.act(command);
    expect(told.filter((line) => line.startsWith('card-duel'))).toHaveLength(1);
  });

  it('is told of no turn when the log failed', async () => {
    const { duel, told } = await meteredDuel();
    duel.world.beforeAppend = () => {
      throw new Error('The store is away.');
    };
    await expect(duel.play('home', 'one')).rejects.toThrow('away');
    expect(told.filter((line) => !line.startsWith('queued'))).toEqual([]);
  });

  it('shows what waits behind a slow turn of the same session', async () => {
    const { duel, told } = await meteredDuel();
    const [first, second] = [duel.play('home', 'one'), duel.play('away', 'two')];
    await Promise.all([first, second]);
    const [, behind] = told.filter((line) => line.startsWith('queued'));
    expect(Number(behind?.split(' ')[1])).toBeGreaterThanOrEqual(10);
  });
});
