import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * Packages are run from their sources; `npm test` gives this file to vitest under the pinned Node. Files share a worker
 * one after the other, and so what they import: loading it anew for each of them took longer than the tests. No module
 * of ours keeps anything to itself that a test could leave behind; a test that replaces something global puts it back.
 * Half a minute ends what hangs, and nothing else: tests assert no times, and a busy machine is no failure.
 */
const SHARED = { isolate: false, testTimeout: 30_000 } as const;

export default defineConfig({
  test: {
    // More workers than cores: many tests wait for processes, timers or a database and leave theirs idle.
    maxWorkers: availableParallelism() + 2,
    projects: [
      { test: { ...SHARED, name: 'engine', include: ['packages/engine/src/**/*.test.ts'] } },
      {
        test: {
          ...SHARED,
          name: 'api',
          include: ['packages/api/src/**/*.test.ts', 'packages/api/test/**/*.test.ts'],
          globalSetup: ['packages/api/test/support/globalDatabase.ts'],
          hookTimeout: 60_000,
        },
      },
      { test: { ...SHARED, name: 'scripts', include: ['scripts/**/*.test.mjs'] } },
      { test: { ...SHARED, name: 'bench', include: ['bench/src/**/*.test.ts'] } },
      'packages/web/vitest.config.ts',
    ],
  },
});
