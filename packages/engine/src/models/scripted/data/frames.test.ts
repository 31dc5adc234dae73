import { describe, expect, it } from 'vitest';
import * as frames from './frames.ts';
import type { FramePool } from './frames.ts';

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
const pools = Object.entries<FramePool>(frames);

describe.each(pools)('the pool %s', (_name, { leads, cores }) => {
  it('uses every pair of lead and core before one comes back, for at least forty turns', () => {
    expect(gcd(leads.length, cores.length)).toBe(1);
    expect(leads.length * cores.length).toBeGreaterThanOrEqual(40);
  });

  it('says nothing twice', () => {
    expect(new Set(leads).size).toBe(leads.length);
    expect(new Set(cores).size).toBe(cores.length);
  });

  it('has a place for its lead in all cores or in none', () => {
    expect(new Set(cores.map((core) => core.includes('{tempo}'))).size).toBe(1);
  });
});
