import { svelte } from '@sveltejs/vite-plugin-svelte';
import { availableParallelism } from 'node:os';
import { defineProject } from 'vitest/config';

/**
 * Rune classes are tested as they run in the browser, where they react; no DOM is needed for it. Workers are shared as in
 * the configuration of the whole, which says why.
 */
export default defineProject({
  plugins: [svelte({ configFile: false, dynamicCompileOptions: () => ({ generate: 'client' }) })],
  resolve: { conditions: ['browser'] },
  test: {
    name: 'web',
    isolate: false,
    testTimeout: 30_000,
    maxWorkers: availableParallelism() + 2,
    include: ['src/**/*.test.ts'],
  },
});
