import { describe, expect, it } from 'vitest';
import { CONJUNCTIONS, MISSED, PERCEIVED, PERCEIVED_SLOWLY } from './frames.ts';
import { GOAL, IDLE, MEMORY, SENSES, SPEECH } from './frames.ts';

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

const meetings = Object.entries({ PERCEIVED, PERCEIVED_SLOWLY, MISSED });
const simple = Object.entries({ IDLE, GOAL, SENSES, MEMORY, SPEECH });

describe.each([...meetings, ...simple])('the pool %s', (_name, { leads, cores }) => {
  it('uses every pair of lead and core before one comes back, for at least forty turns', () => {
    expect(gcd(leads.length, cores.length)).toBe(1);
    expect(leads.length * cores.length).toBeGreaterThanOrEqual(40);
  });

  it('says nothing twice', () => {
    expect(new Set(leads).size).toBe(leads.length);
    expect(new Set<unknown>(cores).size).toBe(cores.length);
  });
});

describe.each(simple)('the pool %s', (_name, { cores }) => {
  it('has a place for its lead in all cores or in none', () => {
    expect(new Set(cores.map((core) => core.includes('{tempo}'))).size).toBe(1);
  });
});

/** What two sentences would have in common: everything after the act has been told back. */
const reactionOf = (wording: string): string => wording.split('. ').at(-1) ?? wording;

describe.each(meetings)('the pool %s', (_name, { leads, cores }) => {
  it('has the wordings that its ways promise, and tells each only if it can be told', () => {
    for (const core of cores) {
      for (const way of core.ways) expect(core[way]).toContain(way === 'caused' ? '{cause' : '{you}');
      expect(core.plain).not.toMatch(/\{you\}|\{cause/);
      expect(core.caused ?? '').not.toContain('{you}');
      expect(`${core.told ?? ''}${core.clause ?? ''}`).not.toContain('{cause');
    }
  });

  it('places its lead in every wording, or a conjunction that belongs to it', () => {
    for (const { told, clause, caused, plain } of cores) {
      for (const wording of [told, clause, caused, plain]) {
        expect(wording ?? '{tempo}').toMatch(/\{(?:tempo|delay|conjunction)\}/);
      }
    }
    expect(new Set(CONJUNCTIONS).size).toBe(leads.length);
  });

  it('tells no reaction in the words of another place', () => {
    const told = cores.map(
      ({ told: first, clause, caused, plain }) =>
        new Set([first, clause, caused, plain].flatMap((wording) => (wording === undefined ? [] : [reactionOf(wording)]))),
    );
    const all = told.flatMap((wordings) => [...wordings]);
    expect(new Set(all).size).toBe(all.length);
  });
});
