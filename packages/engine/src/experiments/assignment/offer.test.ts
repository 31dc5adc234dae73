import { describe, expect, it } from 'vitest';
import type { Candidate } from '../event.ts';
import { createOffer } from './offer.ts';

const place = (pc: string): Candidate => ({ game: 'explore', pc, npc: 'ANT' });

/** Three candidates, and how many of them were looked for. */
function counted() {
  const looked: string[] = [];
  function* candidates(): Iterable<Candidate> {
    for (const pc of ['BEE', 'CAT', 'DOG']) {
      looked.push(pc);
      yield place(pc);
    }
  }
  return { offer: createOffer(candidates()), looked };
}

describe('an offer', () => {
  it('is looked for as far as somebody asks, and no further', () => {
    const { offer, looked } = counted();
    expect(looked).toEqual([]);
    expect(offer.has(1)).toBe(true);
    expect([...offer][0]).toEqual(place('BEE'));
    const { offer: other, looked: lookedOnce } = counted();
    const [first] = other;
    expect(first).toEqual(place('BEE'));
    expect(lookedOnce).toEqual(['BEE']);
  });

  it('is found once, however often it is read', () => {
    const { offer, looked } = counted();
    const all = ['BEE', 'CAT', 'DOG'];
    expect(offer.all().map(({ pc }) => pc)).toEqual(all);
    expect([...offer].map(({ pc }) => pc)).toEqual(all);
    expect([offer.has(0), offer.has(3), offer.has(4)]).toEqual([true, true, false]);
    expect(looked).toEqual(all);
  });

  it('may be empty', () => {
    const offer = createOffer([]);
    expect([offer.has(1), ...offer]).toEqual([false]);
  });
});
