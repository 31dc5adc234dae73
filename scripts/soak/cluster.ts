import { planBlows, playThroughBlows } from '../../e2e/support/clusterPlay.ts';
import { startClusterProcesses } from '../../e2e/support/clusterProcesses.ts';
import type { Soak } from './soak.ts';

const NODES = 3;

export const cluster: Soak = {
  about: 'Kills servers that share the work, cuts them off from Redis, and kills Redis, while people play.',
  amounts: { blows: 90, bots: 3, tables: 2 },
  run: async ({ amounts: { blows = 0, bots = 0, tables = 0 }, seed, report }) => {
    await using processes = await startClusterProcesses(NODES);
    const { turns, sessions, events, longestPauseMs } = await playThroughBlows({
      cluster: processes,
      blows: planBlows(blows, NODES, String(seed)),
      bots,
      tables,
      seed: String(seed),
      report,
    });
    const sum = `${turns} turns in ${sessions} sessions, ${events} events`;
    return `Nothing lost, nothing doubled: ${sum}. Everyone went on within ${longestPauseMs} ms.`;
  },
};
