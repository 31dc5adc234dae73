import { describe, expect, it } from 'vitest';
import { figureJson } from './figure.ts';
import type { Figure } from './figure.ts';
import { table } from './table.ts';

const crowd: Figure = {
  label: '100 players',
  facts: { players: 100 },
  rounds: [
    { turnsPerSecond: 4100.4, p99Ms: 31.256 },
    { turnsPerSecond: 3900, p99Ms: 38 },
    { turnsPerSecond: 4250, p99Ms: 30 },
  ],
};

describe('a figure for programs', () => {
  it('holds the facts, the median of each measure under a name with its unit, and the spread of the rounds', () => {
    expect(figureJson(crowd)).toEqual({
      label: '100 players',
      players: 100,
      turnsPerSecond: 4100,
      p99Ms: 31.26,
      rounds: 3,
      spread: { turnsPerSecond: [3900, 4250], p99Ms: [30, 38] },
    });
  });
});

describe('a table', () => {
  it('shows the median and the spread, and leaves out what was not measured', () => {
    const alone: Figure = { label: '1 player', facts: {}, rounds: [{ turnsPerSecond: 900 }] };
    expect(table([crowd, alone])).toBe(
      [
        '|             |             turns/s |              p99 ms |',
        '| ----------- | ------------------: | ------------------: |',
        '| 100 players | 4,100 (3,900–4,250) | 31.26 (30.00–38.00) |',
        '| 1 player    |                 900 |                     |',
      ].join('\n'),
    );
  });
});
