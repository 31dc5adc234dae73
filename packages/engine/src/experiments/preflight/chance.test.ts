import { describe, expect, it } from 'vitest';
import { randomStream } from '../../random.ts';
import { drawn, happens, msToNext } from './chance.ts';
import { chanceOf } from './chiSquare.ts';

const times = <T>(count: number, draw: () => T): readonly T[] => Array.from({ length: count }, draw);
const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

describe('chance in a simulation', () => {
  it('draws durations half of which are below the median, and the median itself without a spread', () => {
    const random = randomStream('durations');
    const durations = times(4000, () => drawn(random, { median: 30, sigma: 0.7 }));
    expect(durations.filter((one) => one < 30).length / 4000).toBeCloseTo(0.5, 1);
    // Of a log-normal distribution, the mean is the median times e to half of the variance.
    expect(mean(durations) / (30 * Math.exp(0.245))).toBeCloseTo(1, 1);
    expect(drawn(random, { median: 30, sigma: 0 })).toBe(30);
  });

  it('has people come as often as it is told, and things happen as often', () => {
    const random = randomStream('arrivals');
    expect(mean(times(4000, () => msToNext(random, 12))) / 300_000).toBeCloseTo(1, 1);
    expect(times(4000, () => happens(random, 0.3)).filter(Boolean).length / 4000).toBeCloseTo(0.3, 1);
    expect(times(100, () => happens(random, 0))).not.toContain(true);
    expect(times(100, () => happens(random, 1))).not.toContain(false);
  });
});

describe('the chance of a chi-square', () => {
  // From tables of the distribution.
  it.each([
    [3.841, 1, 0.05],
    [6.635, 1, 0.01],
    [18.307, 10, 0.05],
    [23.209, 10, 0.01],
    [9.342, 10, 0.5],
    [124.342, 100, 0.05],
  ])('of %f with %i degrees of freedom is near %f', (chiSquare, degrees, chance) => {
    expect(Math.abs(chanceOf(chiSquare, degrees) - chance)).toBeLessThan(0.004);
  });

  it('is certain where nothing can differ', () => {
    expect(chanceOf(0, 0)).toBe(1);
  });
});
