import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { READERS_PER_SESSION, resumesExactly } from './support/cutAndResume.ts';
import type { CutAndResumeTally } from './support/cutAndResume.ts';
import { scribeEntry } from './support/scribe.ts';
import { testApp } from './support/testApp.ts';
import { untilIdle } from './support/untilIdle.ts';

/* The long form is `npm run soak -- resume`. */

const SEQUENCES = 200;

describe('a reader whose connection breaks at any byte', () => {
  it('gets the log exactly, with our client, with tRPC’s own over WebSockets and over SSE', async () => {
    await using app = await testApp({ moreGames: [scribeEntry] });
    const writer = await app.player();
    const tally: CutAndResumeTally = { sequences: 0, cuts: 0, events: 0 };
    await fc.assert(resumesExactly(app, writer, tally), { numRuns: SEQUENCES / READERS_PER_SESSION });
    await untilIdle(app);
    expect(tally.sequences).toBe(SEQUENCES);
    expect(tally.cuts).toBeGreaterThan(SEQUENCES / 2);
    expect(app.faults).toEqual([]);
  }, 120_000);
});
