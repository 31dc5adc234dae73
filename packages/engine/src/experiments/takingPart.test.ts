import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examplePlan } from '../testing/examplePlan.ts';
import { experimentTable } from '../testing/experimentTable.ts';
import { assigned, completed, foldFacts, joined } from '../testing/foldFacts.ts';
import type { ExperimentFact } from './event.ts';
import { standingOf } from './standing.ts';
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

/** One after the other comes, and some of them end what they were given; then this many minutes pass. */
async function comeTo(
  quotas: object,
  people: readonly { readonly ends: boolean; readonly minutes: number }[],
) {
  const table = experimentTable({
    games: [{ name: 'explore' }],
    quotas,
    assignment: { strategy: 'full-character-access', maxPerParticipant: 2, holdMinutes: HOLD_MINUTES },
  });
  for (const [index, { ends, minutes }] of people.entries()) {
    const participantId = `p${index}`;
    await table.run({ type: 'join', participantId, kind: 'human' });
    const assignmentId = `${table.name}.${index + 1}.1`;
    const sessionId = `s${index}`;
    if (ends) {
      await table.run({ type: 'start', participantId, assignmentId, sessionId });
      await table.run({ type: 'end', assignmentId, sessionId, reason: 'game_completed', turns: 1 });
    }
    table.pass(minutes * MINUTE_MS);
  }
  return table;
}

const QUOTA = fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined });

it('has its door open if, and only if, somebody who comes in is given something', async () => {
  const somebody = fc.record({ ends: fc.boolean(), minutes: fc.constantFrom(0, 20, HOLD_MINUTES + 1) });
  const quotas = fc.record({ perGame: QUOTA, perCharacter: QUOTA, perCombination: QUOTA });
  await fc.assert(
    fc.asyncProperty(quotas, fc.array(somebody, { maxLength: 12 }), async (quota, people) => {
      const table = await comeTo(quota, people);
      const before = await table.manager.present(table.name);
      if (before === null) throw new Error('There is no experiment.');
      const isShut = isFull(before);
      await table.run({ type: 'join', participantId: 'newcomer', kind: 'human' });
      const after = await table.manager.present(table.name);
      const standing = after === null ? null : standingOf(after, 'newcomer');
      expect(standing?.current === null).toBe(isShut);
      expect(standing?.next.reason === 'quota_closed').toBe(isShut);
    }),
    { numRuns: 200 },
  );
});

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

  it('is full when each of its characters, or combinations, has all whom it needs', () => {
    const met = [joined('p1'), ...completed('p1', 'explore ANT BEE'), ...completed('p1', 'explore BEE ANT')];
    const all = [...met, ...completed('p1', 'explore ANT CAT')];
    expect(isFullAfter(0, { perCharacter: 1 }, met)).toBe(false);
    expect(isFullAfter(0, { perCharacter: 1 }, all)).toBe(true);
    expect(isFullAfter(0, { perCombination: 1 }, all)).toBe(false);
    const rest = ['BEE CAT', 'CAT ANT', 'CAT BEE'].flatMap((both) => completed('p1', `explore ${both}`));
    expect(isFullAfter(0, { perCombination: 1 }, [...all, ...rest])).toBe(true);
  });

  it('is never full without quotas', () => {
    expect(isFullAfter(0, {}, left)).toBe(false);
  });
});
