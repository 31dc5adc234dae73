import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeMet, firstMet, parseStoppingCondition, upperLimit } from './stoppingConditions.ts';

describe('a stopping condition', () => {
  it('compares with a number', () => {
    expect(parseStoppingCondition('turns', '>= 50', {})).toEqual({
      ok: true,
      condition: { attribute: 'turns', comparison: '>=', value: 50 },
    });
  });

  it('compares with a number of the configuration', () => {
    const parsed = parseStoppingCondition('runtimeSeconds', '>maxPlaytimeSeconds', {
      maxPlaytimeSeconds: 600,
    });
    expect(parsed).toMatchObject({ ok: true, condition: { comparison: '>', value: 600 } });
  });

  it.each(['', '50', '>= ', '>= fifty five', '=> 3', '>= -1', '>= 1e3', 'process.exit()', '>= 1; 2', '>=\n'])(
    'refuses %j as a comparison',
    (text) => {
      expect(parseStoppingCondition('turns', text, {}).ok).toBe(false);
    },
  );

  it.each(['toString', 'constructor', '__proto__', 'unknown'])('finds no number called %s', (name) => {
    expect(parseStoppingCondition('turns', `>= ${name}`, { title: 'x' })).toMatchObject({ ok: false });
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parseStoppingCondition('turns', text, {})).not.toThrow();
      }),
    );
  });

  it('is met or not exactly as its comparison says', () => {
    const met = (comparison: '>=' | '<' | '==' | '!=', value: number, turns: number) =>
      firstMet([{ attribute: 'turns', comparison, value }], { turns, runtimeSeconds: 0 }) !== null;
    expect([met('>=', 3, 2), met('>=', 3, 3), met('<', 3, 2), met('==', 3, 3), met('!=', 3, 3)]).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('is reported in the words of the termination reason', () => {
    expect(describeMet({ attribute: 'turns', comparison: '>=', value: 50 })).toBe(
      'stopping condition met: turns >=50',
    );
  });

  it('gives countdowns the lowest upper limit', () => {
    const conditions = [
      { attribute: 'turns', comparison: '>=', value: 50 },
      { attribute: 'turns', comparison: '>=', value: 20 },
      { attribute: 'runtimeSeconds', comparison: '<', value: 5 },
    ] as const;
    expect([upperLimit(conditions, 'turns'), upperLimit(conditions, 'runtimeSeconds')]).toEqual([20, null]);
  });
});
