import { runStudy } from '../../packages/api/test/support/study.ts';
import { withDatabase } from './database.ts';
import type { Soak } from './soak.ts';

export const study: Soak = {
  about:
    'Plays a study of three games with participants who leave, click twice and use two devices, and kills the server twice; each game takes so many, and twice as many come.',
  amounts: { quota: 50 },
  run: async ({ amounts: { quota = 0 }, seed, report }) => {
    let told = '';
    await withDatabase(async (storage) => {
      const { participants, sessions, events } = await runStudy({ storage, quota, seed, report });
      told = `${participants} participants, ${sessions} sessions, ${events} events: quotas exact, nothing stuck, the export whole.`;
    });
    return told;
  },
};
