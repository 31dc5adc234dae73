import { cardDuel, cardDuelFile } from '@dcs/engine/testing';
import { describe, expect, inject, it, vi } from 'vitest';
import { openMemoryStorage } from '../src/storage.ts';
import { EXACTLY_ONCE, openTable } from './support/exactlyOnce.ts';
import { mongoStorage } from './support/mongoStorage.ts';
import { restartingApp } from './support/restartingApp.ts';

/*
 * Every command sent 1 to 5 times, over several connections and protocols, in whatever order, while the server stops or
 * crashes and starts again. The long form is `npm run soak -- exactly-once`.
 */

const OPTIONS = {
  moreGames: [{ game: cardDuel, file: cardDuelFile }],
  env: { PII_KEY: 'ab'.repeat(32) },
};

describe.each([
  { kept: 'in memory', open: async () => openMemoryStorage(), numRuns: 8 },
  { kept: 'in MongoDB', open: () => mongoStorage(inject('databaseUrl')), numRuns: 2 },
])('a command that is repeated, with a log $kept', ({ open, numRuns }) => {
  it.each(Object.entries(EXACTLY_ONCE))(
    'has one effect and one reply: %s',
    async (_what, check) => {
      const storage = await open();
      await using cleanUp = new AsyncDisposableStack();
      cleanUp.defer(() => storage.close());
      const running = cleanUp.use(await restartingApp(storage, OPTIONS));
      using table = await openTable(running, storage);
      const onRun = vi.fn<() => void>();
      await check(table, { numRuns, onRun });
      expect(onRun).toHaveBeenCalledTimes(numRuns);
    },
    120_000,
  );
});
