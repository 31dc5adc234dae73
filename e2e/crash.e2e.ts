/*
 * Safety property: every event that a client has received is in the log exactly once, every accepted command happened
 * exactly once, and every session goes on, whenever the server or its database is killed.
 */
import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { playThroughCrashes } from './support/crashPlay.ts';
import { planOneOfEach } from './support/killPlan.ts';
import { startServerProcess } from './support/serverProcess.ts';

test('no event is lost or doubled when the server is killed during play', async () => {
  test.setTimeout(180_000);
  const seed = randomUUID().slice(0, 8);
  const report = (line: string): void => console.log(`  ${line}`);
  report(`seed ${seed}`);
  await using server = await startServerProcess({ env: { SCRIPTED_PACE_MS: '2' } });
  const kills = planOneOfEach(seed);
  const { turns } = await playThroughCrashes({ server, kills, bots: 3, tables: 1, seed, report });
  expect(turns).toBeGreaterThan(kills.length);
});
