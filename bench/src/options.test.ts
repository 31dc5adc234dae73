import { describe, expect, it } from 'vitest';
import { parseOptions, UsageError } from './options.ts';

const flags = {
  players: { about: 'how many', fallback: '1,10' },
  rounds: { about: 'how often', fallback: '3' },
};

describe('the options of a benchmark', () => {
  it('are numbers or lists of numbers, with fallbacks', () => {
    const options = parseOptions(['--players', '5,50', '--json'], flags);
    expect(options.list('players')).toEqual([5, 50]);
    expect(options.number('rounds')).toBe(3);
    expect(options.json).toBe(true);
    expect(options.profileDir).toBeNull();
  });

  it.each([
    ['a flag that nobody knows', ['--plyers', '5']],
    ['something that is not a number', ['--players', 'many']],
    ['a number that is missing', ['--players']],
  ])('refuse %s', (_, args) => {
    expect(() => parseOptions(args, flags)).toThrow(UsageError);
  });
});
