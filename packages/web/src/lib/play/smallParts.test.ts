import { describe, expect, it } from 'vitest';
import { completionsFor, nextIndex } from './completion.ts';
import { phaseInWords } from './phaseWords.ts';
import { readView } from './playView.ts';
import { sessionOf } from './testing.ts';
import { createUnsentShelf } from './unsent.ts';

const { commands } = sessionOf();
const namesFor = (input: string) => completionsFor(input, commands).map(({ name }) => name);

describe('Completion of commands', () => {
  it.each([
    ['/', ['help', 'abilities', 'finish']],
    ['/A', ['abilities']],
    ['/x', []],
    ['', []],
    ['help', []],
    ['/help me', []],
    [' /', []],
    ['//', []],
  ])('offers for %j: %j', (input, names) => {
    expect(namesFor(input)).toEqual(names);
  });

  it('goes round at the ends', () => {
    expect([nextIndex(0, -1, 3), nextIndex(2, 1, 3), nextIndex(0, 1, 0)]).toEqual([2, 0, 0]);
  });
});

describe("A game's view", () => {
  it.each([undefined, null, 3, 'x', [], { maxInputLength: -1, pc: 'x', opened: 'yes' }])(
    'may be anything: %j',
    (view) => {
      expect(readView(view)).toEqual({
        maxInputLength: 350,
        retryBudgetLeft: null,
        awaiting: false,
        opened: null,
        pc: null,
        npc: null,
        score: null,
        notScored: null,
      });
    },
  );

  it('tells limits and characters', () => {
    const view = {
      maxInputLength: 200,
      retryBudgetLeft: 3,
      awaiting: true,
      opened: true,
      npc: { hid: 'OCT', abilities: ['a', 1] },
      score: { tier: 2, score: 60, failure: null },
    };
    expect(readView(view)).toMatchObject({
      maxInputLength: 200,
      retryBudgetLeft: 3,
      awaiting: true,
      npc: { name: 'OCT', abilities: ['a'] },
      score: 60,
      notScored: null,
    });
    const unscored = { score: { tier: null, score: null, failure: 'score/unanswered' } };
    expect(readView(unscored)).toMatchObject({ score: null, notScored: 'score/unanswered' });
  });
});

describe('Unsent words', () => {
  function memory() {
    const items = new Map<string, string>();
    return {
      items,
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
      removeItem: (key: string) => void items.delete(key),
    };
  }

  it('are kept per session and gone when there are none', () => {
    const storage = memory();
    const shelf = createUnsentShelf('s1', () => storage);
    const unsent = { input: 'I w', pending: { commandId: 'c1', text: 'I wave.' } };
    shelf.write(unsent);
    expect(shelf.read()).toEqual(unsent);
    expect(createUnsentShelf('s2', () => storage).read()).toEqual({ input: '', pending: null });
    shelf.write({ input: '', pending: null });
    expect(storage.items.size).toBe(0);
  });

  it.each([
    '',
    '{',
    'null',
    '7',
    '{"input":4,"pending":{"commandId":1}}',
    `{"input":"${'a'.repeat(10_001)}"}`,
  ])('that cannot be read count as none: %s', (stored) => {
    const storage = memory();
    storage.setItem('dcs:unsent:s1', stored);
    expect(createUnsentShelf('s1', () => storage).read()).toEqual({ input: '', pending: null });
  });

  it('do without a storage that refuses', () => {
    const refusing = createUnsentShelf('s1', () => {
      throw new Error('denied');
    });
    refusing.write({ input: 'x', pending: null });
    expect(refusing.read()).toEqual({ input: '', pending: null });
  });
});

describe('The phases of a turn', () => {
  it('are named as they are', () => {
    expect(phaseInWords('checking', true)).toBe('Checking the action');
    expect(phaseInWords('writing', true)).toBe('Writing the reply');
    expect(phaseInWords('reviewing', true)).toBe('Checking the reply');
    expect(phaseInWords('writing', false)).toBe('Setting the scene');
  });
});
