import { expect, it } from 'vitest';
import { startDcsServer } from '../server/dcsServer.ts';
import { playRound } from './turnRound.ts';

it('a crowd finds its way into the server as it is, plays, and was sent what the log says', async () => {
  await using server = await startDcsServer();
  const pace = { thinkMs: 0, warmUpMs: 0, measureMs: 100 };
  const round = await playRound({ server, name: 'few', players: 3, pace, profileFile: null });
  expect(round.turnsPerSecond).toBeGreaterThan(0);
  expect(round.serverCpuUsPerTurn).toBeGreaterThan(0);
  expect(round.databaseCpuUsPerTurn).toBeGreaterThan(0);
});
