import assert from 'node:assert/strict';
import { comeAndGo, growthOf } from '../../packages/api/test/support/comingAndGoing.ts';
import { startMeasuredProcess } from '../../packages/api/test/support/measuredProcess.ts';
import type { Soak } from './soak.ts';

const MOST_GROWTH = 0.05;

export const leak: Soak = {
  about: 'Lets readers come, begin to follow and go in every way, and measures what the server still holds.',
  amounts: { visits: 50_000 },
  run: async ({ amounts: { visits = 0 }, seed, report }) => {
    await using server = await startMeasuredProcess();
    const holdings = await comeAndGo(server, { visits, seed: String(seed), report });
    const { before, after } = holdings;
    assert.equal(after.readers, 0, 'Nobody is left behind.');
    assert.deepEqual(after.timers, { once: 0, repeating: before.timers.repeating }, 'No timer is left set.');
    const growth = growthOf(holdings);
    assert.ok(growth < MOST_GROWTH, `The heap grew by ${(growth * 100).toFixed(1)} %.`);
    return `Nothing is held: no reader, no socket, no timer, and ${(growth * 100).toFixed(1)} % more heap than when warm.`;
  },
};
