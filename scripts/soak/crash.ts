import { playThroughCrashes } from '../../e2e/support/crashPlay.ts';
import { planKills } from '../../e2e/support/killPlan.ts';
import { startServerProcess } from '../../e2e/support/serverProcess.ts';
import type { Soak } from './soak.ts';

export const crash: Soak = {
  about: 'Kills the server and its database during play, creation, opening, start and stop.',
  amounts: { kills: 200, bots: 4, tables: 2 },
  run: async ({ amounts: { kills = 0, bots = 0, tables = 0 }, seed, report }) => {
    await using server = await startServerProcess({
      env: { SCRIPTED_PACE_MS: '2' },
      args: ['--headless'],
    });
    const { turns, sessions, events } = await playThroughCrashes({
      server,
      kills: planKills(kills, String(seed)),
      bots,
      tables,
      seed: String(seed),
      report,
    });
    return `Nothing lost, nothing doubled: ${turns} turns in ${sessions} sessions, ${events} events.`;
  },
};
