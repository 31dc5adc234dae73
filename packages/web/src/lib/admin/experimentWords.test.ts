import { describe, expect, it } from 'vitest';
import { endingOfSession, stateInWords, valueInWords } from './experimentWords.ts';

describe('The words for those who run experiments', () => {
  it('say whether people can begin something', () => {
    expect(stateInWords({ state: 'open', run: 'running' })).toBe('Open');
    expect(stateInWords({ state: 'open', run: 'notStarted' })).toBe('Open, nobody has come yet');
    expect(stateInWords({ state: 'notOpenYet', run: 'notStarted' })).toBe('Not open yet');
  });

  it('show reasons and values as they are, readable', () => {
    expect(endingOfSession('stopping_condition_met:max_turns')).toBe('stopping condition met: max turns');
    expect([null, 'static', 3, ['a'], { tokens: 5 }].map(valueInWords)).toEqual([
      'nothing',
      'static',
      '3',
      '["a"]',
      '{"tokens":5}',
    ]);
  });
});
