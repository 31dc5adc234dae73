import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDuel, unexplained } from './support/sharedDuel.ts';
import { DUEL_STEPS } from './support/sharedDuelSteps.ts';

describe('a session that two processes play, forget, lose and archive in any order', () => {
  it('never takes back what was seen, never doubles a command, and never goes on after its end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands([...DUEL_STEPS], { maxCommands: 30 }), async (steps) => {
        const duel = await openDuel();
        await fc.asyncModelRun(() => duel, steps);
        expect(unexplained(duel.real)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
