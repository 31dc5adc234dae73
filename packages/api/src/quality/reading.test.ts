import { describe, expect, it } from 'vitest';
import { readBounds } from './bounds.ts';
import { readTranscript } from './transcript.ts';
import { wilsonInterval } from './wilson.ts';

describe('the bounds of a label', () => {
  it.each([
    [0, [0], [1]],
    ['2', [2], [1, 3]],
    ['<25', [0, 24], [25]],
    ['>=85', [85, 100], [84]],
    ['>75', [76], [75]],
    ['<=10', [10], [11]],
    [' >=60, <75 ', [60, 74], [59, 75]],
  ] as const)('hold for %s as it says', (label, within, beyond) => {
    const bounds = readBounds(label);
    expect(within.every((value) => bounds?.holds(value))).toBe(true);
    expect(beyond.some((value) => bounds?.holds(value))).toBe(false);
  });

  it('tell how far a value is from the nearest one that would be right', () => {
    const bounds = readBounds('>=60,<75');
    expect([50, 60, 70, 80].map((value) => bounds?.distance(value))).toEqual([10, 0, 0, 5]);
    expect(readBounds(0)?.distance(48)).toBe(48);
  });

  it.each(['', 'high', '<', '>=60 or so', '60-75', '-1', '1e3'])('are none for "%s"', (label) => {
    expect(readBounds(label)).toBeNull();
  });
});

describe('the transcript of a labelled case', () => {
  it('is read in one line or in several, with or without the handle of the player', () => {
    const lines = [
      { speaker: 'character', text: 'You stand by a pond.' },
      { speaker: 'player', text: 'I whistle.' },
      { speaker: 'character', text: 'HRN: it turns.' },
    ];
    const inOne = 'Opening scene: You stand by a pond. Player: I whistle. Simulator: HRN: it turns. ';
    const inSeveral =
      'Opening scene: You stand by a pond.\nPlayer (ANA): I whistle.\nSimulator: HRN: it turns.';
    expect(readTranscript(inOne)).toEqual(lines);
    expect(readTranscript(inSeveral)).toEqual(lines);
  });

  it('is none when nobody knows who begins', () => {
    expect(readTranscript('You stand by a pond. Player: I whistle.')).toBeNull();
    expect(readTranscript('')).toBeNull();
  });
});

describe('the Wilson interval', () => {
  it.each([
    [0, 10, [0, 0.2775]],
    [5, 10, [0.2366, 0.7634]],
    [10, 10, [0.7225, 1]],
    [29, 31, [0.793, 0.9821]],
  ] as const)('of %d out of %d is what tables say', (right, asked, [low, high]) => {
    const interval = wilsonInterval(right, asked);
    expect(interval.low).toBeCloseTo(low, 3);
    expect(interval.high).toBeCloseTo(high, 3);
  });

  it('of nothing is everything', () => {
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });
});
