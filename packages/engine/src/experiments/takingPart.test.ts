import { describe, expect, it } from 'vitest';
import { examplePlan } from '../testing/examplePlan.ts';
import { assigned, completed, foldFacts, joined } from '../testing/foldFacts.ts';
import type { ExperimentFact } from './event.ts';
import { isFull } from './takingPart.ts';

const HOLD_MINUTES = 60;
const MINUTE_MS = 60_000;

/** Whether there is a place for anybody new so many minutes after all this has happened. */
function isFullAfter(minutes: number, quotas: object, facts: readonly ExperimentFact[]): boolean {
  const plan = examplePlan({
    quotas,
    assignment: { holdMinutes: HOLD_MINUTES },
    games: [{ name: 'explore' }],
  });
  const state = foldFacts(facts);
  return isFull({ plan, state, now: state.lastAt + minutes * MINUTE_MS });
}

describe('an experiment', () => {
  const left = [joined('p1'), assigned('p1', 'explore ANT BEE')];

  it('is full while all places are kept, and not any more when one has lapsed, though nobody has recorded it', () => {
    for (const quotas of [{ perGame: 1 }, { participants: 1 }]) {
      expect(isFullAfter(HOLD_MINUTES - 1, quotas, left)).toBe(true);
      expect(isFullAfter(HOLD_MINUTES + 1, quotas, left)).toBe(false);
    }
  });

  it('stays full for good when all that it takes was completed', () => {
    const facts = [joined('p1'), ...completed('p1', 'explore ANT BEE')];
    for (const quotas of [{ perGame: 1 }, { participants: 1 }]) {
      expect(isFullAfter(10 * HOLD_MINUTES, quotas, facts)).toBe(true);
    }
  });

  it('is never full without quotas', () => {
    expect(isFullAfter(0, {}, left)).toBe(false);
  });
});
