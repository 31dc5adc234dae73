import { describe, expect, it } from 'vitest';
import { parseOptions, UsageError } from './options.ts';

const flags = {
  players: { about: 'how many', fallback: '1,10', several: true },
  idle: { about: 'how many do nothing', fallback: '5', least: 0 },
  rounds: { about: 'how often', fallback: '3' },
};

describe('the options of a benchmark', () => {
  it('are numbers or lists of numbers, with fallbacks', () => {
    const options = parseOptions(['--players', '5,50', '--idle', '0', '--json'], flags);
    expect(options.list('players')).toEqual([5, 50]);
    expect(options.number('idle')).toBe(0);
    expect(options.number('rounds')).toBe(3);
    expect(options.json).toBe(true);
    expect(options.profileDir).toBeNull();
  });

  it.each([
    ['a flag that nobody knows', ['--plyers', '5'], "Unknown option '--plyers'."],
    ['a word too many', ['idle'], "Unexpected argument 'idle'."],
    [
      'something that is not a number',
      ['--rounds', 'many'],
      '--rounds takes one whole number, from 1 up, and not "many".',
    ],
    [
      'several numbers where one is meant',
      ['--rounds', '1,2'],
      '--rounds takes one whole number, from 1 up, and not "1,2".',
    ],
    [
      'nothing at all to measure',
      ['--players', '10,0'],
      '--players takes whole numbers with commas between, from 1 up, and not "10,0".',
    ],
    ['a number that is missing', ['--players'], "Option '--players <value>' argument missing."],
  ])('refuse %s, and say so', (_, args, message) => {
    expect(() => parseOptions(args, flags)).toThrow(new UsageError(message));
  });
});
