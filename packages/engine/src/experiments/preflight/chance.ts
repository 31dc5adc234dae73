import type { RandomStream } from '../../random.ts';
import type { Spread } from './population.ts';

const STEPS = 2 ** 30;

/** Between 0 and 1, neither included. */
const uniform = (random: RandomStream): number => (random.integer(0, STEPS - 1) + 0.5) / STEPS;

export const happens = (random: RandomStream, probability: number): boolean => uniform(random) < probability;

/** A part of a whole, from 0 to 1. */
export const part = uniform;

/** The time to the next of things that come independently of each other, `perHour` on average. In ms. */
export const msToNext = (random: RandomStream, perHour: number): number =>
  (-Math.log(uniform(random)) / perHour) * 3_600_000;

/** Always takes two draws. */
export function drawn(random: RandomStream, { median, sigma }: Spread): number {
  const normal = Math.sqrt(-2 * Math.log(uniform(random))) * Math.cos(2 * Math.PI * uniform(random));
  return median * Math.exp(sigma * normal);
}
