import fc from 'fast-check';
import { READERS_PER_SESSION, resumesExactly } from '../../packages/api/test/support/cutAndResume.ts';
import type { CutAndResumeTally } from '../../packages/api/test/support/cutAndResume.ts';
import { scribeEntry } from '../../packages/api/test/support/scribe.ts';
import { testApp } from '../../packages/api/test/support/testApp.ts';
import { untilIdle } from '../../packages/api/test/support/untilIdle.ts';
import { reportingEvery } from './progress.ts';
import type { Soak } from './soak.ts';

export const resume: Soak = {
  about: 'Cuts the connections of readers at random bytes, and compares what they got with the log.',
  amounts: { sequences: 10_000 },
  run: async ({ amounts: { sequences = 0 }, seed, report }) => {
    await using app = await testApp({ moreGames: [scribeEntry] });
    const writer = await app.player();
    const tally: CutAndResumeTally = { sequences: 0, cuts: 0, events: 0 };
    const sum = (): string =>
      `${tally.sequences} sequences, ${tally.cuts} cuts, ${tally.events} events that arrived once and in order`;
    const runs = Math.ceil(sequences / READERS_PER_SESSION);
    const progress = reportingEvery(runs / 20, () => report(sum()));
    const property = resumesExactly(app, writer, tally).beforeEach(progress);
    await fc.assert(property, { numRuns: runs, seed });
    await untilIdle(app);
    if (app.faults.length > 0) throw new Error(`The server logged faults.\n${app.faults.join('')}`);
    return `Every reader got the log: ${sum()}.`;
  },
};
