import { defineConfig } from 'vitest/config';

/** Packages are run from their sources; `npm test` gives this file to vitest under the pinned Node. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'engine', include: ['packages/engine/src/**/*.test.ts'] } },
      {
        test: {
          name: 'api',
          include: ['packages/api/src/**/*.test.ts', 'packages/api/test/**/*.test.ts'],
          globalSetup: ['packages/api/test/support/globalDatabase.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'scripts', include: ['scripts/**/*.test.mjs'] } },
      { test: { name: 'bench', include: ['bench/src/**/*.test.ts'] } },
      'packages/web/vitest.config.ts',
    ],
  },
});
