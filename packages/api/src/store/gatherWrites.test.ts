import { describe, expect, it } from 'vitest';
import { gatherWrites } from './gatherWrites.ts';
import type { Faults } from './gatherWrites.ts';

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Records what is written; numbers below zero are refused. */
function numbers({ mostAtOnce = 10 } = {}) {
  const batches: (readonly number[])[] = [];
  const gates: (() => Promise<void>)[] = [];
  const write = async (items: readonly number[]): Promise<Faults> => {
    batches.push(items);
    await gates.shift()?.();
    return new Map(items.flatMap((item, place) => (item < 0 ? [[place, new RangeError(`${item}`)]] : [])));
  };
  return { batches, gates, put: gatherWrites({ mostAtOnce, write }) };
}

describe('writes that are gathered', () => {
  it('go out together when they come within a moment', async () => {
    const { batches, put } = numbers();
    await Promise.all([put(1), put(2), put(3)]);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('gather while others are on their way, in their order, and so many at once at most', async () => {
    const { batches, gates, put } = numbers({ mostAtOnce: 2 });
    let release = (): void => undefined;
    gates.push(() => new Promise((resolve) => (release = resolve)));
    const first = put(1);
    await nextTurn();
    const others = [put(2), put(3), put(4)];
    await nextTurn();
    expect(batches).toEqual([[1]]);
    release();
    await Promise.all([first, ...others]);
    expect(batches).toEqual([[1], [2, 3], [4]]);
  });

  it('fail for the one whose own fault it is', async () => {
    const { put } = numbers();
    const outcomes = await Promise.allSettled([put(1), put(-2), put(3)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('fail for all of them when nobody knows how far they came, and go on with the next', async () => {
    const { gates, put } = numbers();
    gates.push(() => Promise.reject(new Error('The database is away.')));
    const outcomes = await Promise.allSettled([put(1), put(2)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(put(3)).resolves.toBeUndefined();
  });
});
