import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAgenda } from './agenda.ts';

describe('an agenda', () => {
  it('hands out what is earliest, and what was added first among items at the same time', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (times) => {
        const agenda = createAgenda<number>();
        for (const [index, at] of times.entries()) agenda.add(at, index);
        const taken = times.map(() => agenda.next());
        const sorted = times
          .map((at, item) => ({ at, item }))
          .toSorted((a, b) => a.at - b.at || a.item - b.item);
        expect(taken).toEqual(sorted);
        expect(agenda.next()).toBeNull();
      }),
    );
  });

  it('takes new items while it is gone through', () => {
    const agenda = createAgenda<string>();
    agenda.add(5, 'late');
    agenda.add(1, 'early');
    expect(agenda.next()).toEqual({ at: 1, item: 'early' });
    agenda.add(3, 'between');
    expect([agenda.next(), agenda.next()]).toEqual([
      { at: 3, item: 'between' },
      { at: 5, item: 'late' },
    ]);
  });
});
