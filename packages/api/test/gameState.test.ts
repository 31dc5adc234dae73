import { expect, it, vi } from 'vitest';
import { playSharedDuels } from './support/sharedDuelSteps.ts';

/* The long form is `npm run soak -- game-state`. */

it('never takes back what was seen, doubles a command or goes on after the end, whatever two processes do', async () => {
  const onRun = vi.fn<() => void>();
  await playSharedDuels({ numRuns: 100, maxSteps: 30, onRun });
  expect(onRun).toHaveBeenCalledTimes(100);
}, 120_000);
