import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOf } from './facts.ts';
import { jsonLines } from './jsonLines.ts';

const told = (view: unknown, before?: unknown) =>
  factsOf(view, before).map(({ title, facts }) => [
    title,
    ...facts.map(({ label, value, was }) => `${label}: ${value}${was === null ? '' : ` (was ${was})`}`),
  ]);

describe('The facts of a view', () => {
  it('are told in words, a pair as one', () => {
    const view = { opened: true, retryBudget: 10, retryBudgetLeft: 9, maxInputLength: 350, homeScore: 2 };
    expect(told(view)).toEqual([
      [null, 'Scene set: yes', 'Attempts left: 9 of 10', 'Longest line: 350', 'Home score: 2'],
    ]);
  });

  it('stand in groups where the view does', () => {
    const view = {
      inning: 3,
      bases: { first: 'Ada', second: null },
      npc: { name: 'Octopus', tags: ['a', 'b'] },
    };
    expect(told(view)).toEqual([
      [null, 'Inning: 3'],
      ['Bases', 'First: Ada'],
      ['The character', 'Name: Octopus', 'Tags: a, b'],
    ]);
  });

  it('say what they were before', () => {
    const before = { outs: 1, runner: 'Ada', bases: { first: null } };
    expect(told({ outs: 2, batter: 'Bo', bases: { first: 'Ada' } }, before)).toEqual([
      [null, 'Outs: 2 (was 1)', 'Batter: Bo (was none)', 'Runner: none (was Ada)'],
      ['Bases', 'First: Ada (was none)'],
    ]);
    expect(factsOf({ outs: 1 }, { outs: 1 })[0]?.hasChanged).toBe(false);
    expect(factsOf({ outs: 2 }, { outs: 1 })[0]?.hasChanged).toBe(true);
  });

  it('leave out what is nothing and was nothing', () => {
    expect(told({ finished: null, note: '', lines: [], outs: 0 }, { finished: null })).toEqual([
      [null, 'Outs: 0 (was none)'],
    ]);
  });

  it('put long things on lines of their own, and people by name', () => {
    const view = {
      abilities: ['Can squeeze through any gap.', 'Can see.'],
      roster: [{ name: 'Ada' }, { name: 'Bo' }],
    };
    expect(told(view)).toEqual([
      [null, 'Abilities: Can squeeze through any gap.\nCan see.', 'Roster: Ada, Bo'],
    ]);
  });

  it('have places of their own, whatever they are called', () => {
    const view = { a: { b: 1 }, 'a.b': 2, '': { a: 3 }, '"a"': 4 };
    const paths = factsOf(view, null).flatMap((group) => group.facts.map(({ path }) => path));
    expect(paths.toSorted()).toEqual(['"".a', '"\\"a\\""', '"a.b"', 'a.b']);
  });

  it('are there for a state of any shape, and few enough to be read', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (view, before) => {
        const facts = factsOf(view, before).flatMap((group) => group.facts);
        expect(facts.length).toBeLessThanOrEqual(120);
        expect(new Set(facts.map(({ path }) => path)).size).toBe(facts.length);
      }),
    );
    const huge = Object.fromEntries(Array.from({ length: 9_999 }, (_, index) => [`card${index}`, index]));
    expect(factsOf(huge, huge).flatMap((group) => group.facts)).toHaveLength(120);
  });
});

describe('A state as JSON', () => {
  const printed = (now: unknown, before?: unknown) =>
    jsonLines(now, before).map(
      ({ text, change }) => `${{ none: ' ', added: '+', removed: '-' }[change]}${text}`,
    );

  it('is printed as JSON is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(
          printed(value)
            .map((line) => line.slice(1))
            .join('\n'),
        ).toBe(JSON.stringify(value, null, 2));
        expect(jsonLines(value, value).some(({ change }) => change !== 'none')).toBe(false);
      }),
    );
  });

  it('marks what came and what went', () => {
    expect(printed({ a: 1, b: { c: [1, 2] }, d: true }, { a: 1, b: { c: [1, 3, 4] }, e: null })).toEqual([
      ' {',
      '   "a": 1,',
      '   "b": {',
      '     "c": [',
      '       1,',
      '-      3,',
      '+      2,',
      '-      4',
      '     ]',
      '   },',
      '+  "d": true,',
      '-  "e": null',
      ' }',
    ]);
    expect(printed([], { a: 1 })).toEqual(['-{', '-  "a": 1', '-}', '+[]']);
  });

  it('ends where nobody reads on', () => {
    const lines = jsonLines(
      Array.from({ length: 5_000 }, (_, index) => index),
      undefined,
    );
    expect([lines.length, lines.at(-1)?.text]).toEqual([2_001, '… 3002 more lines']);
  });
});
