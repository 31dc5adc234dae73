import { describe, expect, it } from 'vitest';
import { countOf, endingInWords } from './words.ts';

describe('The ending of a session', () => {
  it.each([
    ['game_completed', 'You finished it.'],
    ['stopping_condition_met:turns_>=50', 'It reached its last turn.'],
    ['stopping_condition_met:_runtime_seconds_>=_600', 'Its time is up.'],
    ['home_team_conceded', 'Home team conceded.'],
    ['__proto__', 'Proto.'],
    [null, 'It is over.'],
  ])('%s reads: %s', (reason, words) => {
    expect(endingInWords(reason)).toBe(words);
  });
});

describe('A count', () => {
  it('agrees with its noun', () => {
    expect([countOf(0, 'turn'), countOf(1, 'turn'), countOf(2, 'turn')]).toEqual([
      '0 turns',
      '1 turn',
      '2 turns',
    ]);
  });
});
