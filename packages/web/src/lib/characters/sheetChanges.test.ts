import { describe, expect, it } from 'vitest';
import { changesBetween, mergeSheets } from './sheetChanges.ts';
import { changedParts, changedWords } from './wordChanges.ts';

const BASE = {
  hid: 'OAK',
  goals: ['light'],
  senses: { vision: { acuity: 'none' }, touch: { acuity: 'keen' } },
};

describe('what has changed in a sheet', () => {
  it('is told field by field, at any depth', () => {
    const after = { ...BASE, senses: { ...BASE.senses, vision: { acuity: 'faint' } }, name: 'Oak' };
    expect(changesBetween(BASE, after)).toEqual([
      { path: ['senses', 'vision', 'acuity'], before: 'none', after: 'faint' },
      { path: ['name'], before: undefined, after: 'Oak' },
    ]);
  });

  it('is one change where a list differs or a group comes or goes', () => {
    expect(changesBetween(BASE, { hid: 'OAK', goals: ['light', 'rain'] })).toEqual([
      { path: ['goals'], before: ['light'], after: ['light', 'rain'] },
      { path: ['senses'], before: BASE.senses, after: undefined },
    ]);
  });

  it('is nothing when only the order of fields differs', () => {
    expect(changesBetween({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toEqual([]);
  });
});

describe('two changes to the same sheet', () => {
  const merge = (mine: unknown, theirs: unknown) => mergeSheets({ base: BASE, mine, theirs });

  it('come together where they concern different fields', () => {
    const mine = { ...BASE, goals: ['rain'] };
    const theirs = { ...BASE, name: 'Oak', senses: { ...BASE.senses, vision: { acuity: 'keen' } } };
    expect(merge(mine, theirs)).toEqual({ ...theirs, goals: ['rain'] });
  });

  it('leave mine where they concern the same', () => {
    expect(merge({ ...BASE, hid: 'ELM' }, { ...BASE, hid: 'ASH' })).toEqual({ ...BASE, hid: 'ELM' });
  });

  it('leave out what one of them has taken out', () => {
    const { senses: _senses, ...without } = BASE;
    expect(merge(without, { ...BASE, hid: 'ASH' })).toEqual({ ...without, hid: 'ASH' });
    expect(merge({ ...BASE, hid: 'ASH' }, without)).toEqual({ ...without, hid: 'ASH' });
  });
});

describe('the words of a change', () => {
  it('keep what is the same', () => {
    expect(changedWords('The old oak stands', 'The young oak still stands')).toEqual([
      { kind: 'same', text: 'The ' },
      { kind: 'removed', text: 'old' },
      { kind: 'added', text: 'young' },
      { kind: 'same', text: ' oak' },
      { kind: 'added', text: ' still' },
      { kind: 'same', text: ' stands' },
    ]);
  });

  it('make both texts again, whatever they are', () => {
    const texts = ['', 'a', 'a b', 'b a', 'a b c a b', 'c c', 'b  c\na'];
    for (const before of texts) {
      for (const after of texts) {
        const parts = changedWords(before, after);
        const joined = (left: string) =>
          parts
            .filter(({ kind }) => kind !== left)
            .map(({ text }) => text)
            .join('');
        expect([joined('added'), joined('removed')]).toEqual([before, after]);
      }
    }
  });

  it('are one change where there are too many to compare', () => {
    const before = Array.from({ length: 1_100 }, (_, index) => `a${index}`);
    const after = before.map((text) => `${text}!`);
    const kinds = changedParts({ before, after }).map(({ kind }) => kind);
    expect(kinds.slice(0, 1_100)).not.toContain('added');
    expect(kinds.slice(1_100)).not.toContain('removed');
  });
});
