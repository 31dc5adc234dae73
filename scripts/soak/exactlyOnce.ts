import { cardDuel, cardDuelFile } from '@dcs/engine/testing';
import { openMemoryStorage } from '../../packages/api/src/storage.ts';
import type { Storage } from '../../packages/api/src/storage.ts';
import { EXACTLY_ONCE, openTable } from '../../packages/api/test/support/exactlyOnce.ts';
import { restartingApp } from '../../packages/api/test/support/restartingApp.ts';
import { withDatabase } from './database.ts';
import { reportingEvery } from './progress.ts';
import type { Soak } from './soak.ts';

const OPTIONS = {
  moreGames: [{ game: cardDuel, file: cardDuelFile }],
  env: { PII_KEY: 'ab'.repeat(32), ARRIVALS_PER_MINUTE: '1000' },
};

interface Series {
  /** Where the log is kept, for people. */
  readonly kept: string;
  readonly storage: Storage;
  readonly numRuns: number;
  readonly seed: number;
  readonly report: (line: string) => void;
}

async function checkAll({ kept, storage, numRuns, seed, report }: Series): Promise<void> {
  await using running = await restartingApp(storage, OPTIONS);
  for (const [what, check] of Object.entries(EXACTLY_ONCE)) {
    using table = await openTable(running, storage);
    let runs = 0;
    const progress = reportingEvery(numRuns / 4, () => report(`${kept}, ${what}: ${runs} of ${numRuns}`));
    const onRun = (): void => {
      progress();
      runs += 1;
    };
    await check(table, { numRuns, seed, onRun });
    report(`${kept}, ${what}: ${numRuns} times, one effect and one reply each`);
  }
}

export const exactlyOnce: Soak = {
  about:
    'Sends every command 1 to 5 times, by all ways and in any order, while the server stops and crashes.',
  amounts: { runs: 300, durable: 100 },
  run: async ({ amounts: { runs = 0, durable = 0 }, seed, report }) => {
    await checkAll({ kept: 'in memory', storage: openMemoryStorage(), numRuns: runs, seed, report });
    await withDatabase((storage) =>
      checkAll({ kept: 'in MongoDB', storage, numRuns: durable, seed, report }),
    );
    return `Every command had one effect and one reply, in ${3 * (runs + durable)} sessions.`;
  },
};
