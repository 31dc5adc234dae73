/*
 * Safety property: several servers share the sessions, and whichever of them is killed or loses Redis, every event that a
 * client has received is in the log exactly once, every command has one effect and one reply, and every session goes on
 * at the servers that are left.
 */
import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { planBlows, playThroughBlows } from './support/clusterPlay.ts';
import { startClusterProcesses } from './support/clusterProcesses.ts';

test('players go on at the other servers when one is killed or cut off, and nothing is lost or doubled', async () => {
  test.setTimeout(240_000);
  const seed = randomUUID().slice(0, 8);
  const report = (line: string): void => console.log(`  ${line}`);
  report(`seed ${seed}`);
  await using cluster = await startClusterProcesses(3);
  const blows = planBlows(3, cluster.nodes.length, seed);
  const { turns } = await playThroughBlows({ cluster, blows, bots: 2, tables: 2, seed, report });
  expect(turns).toBeGreaterThan(blows.length);
});
