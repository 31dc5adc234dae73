import { playSharedDuels } from '../../packages/api/test/support/sharedDuelSteps.ts';
import { reportingEvery } from './progress.ts';
import type { Soak } from './soak.ts';

export const gameState: Soak = {
  about:
    'Lets two processes play, take snapshots, forget, crash, start again, go back and archive one session in any order.',
  amounts: { sessions: 5_000, steps: 60 },
  run: async ({ amounts: { sessions = 0, steps = 0 }, seed, report }) => {
    let runs = 0;
    const progress = reportingEvery(sessions / 10, () => report(`${runs} of ${sessions} sessions`));
    const onRun = (): void => {
      progress();
      runs += 1;
    };
    await playSharedDuels({ numRuns: sessions, maxSteps: steps, seed, onRun });
    return `What was seen stayed as it was, and what was over stayed over, in ${sessions} sessions of up to ${steps} steps.`;
  },
};
