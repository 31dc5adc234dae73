import { experimentSchema } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import { codeFor, isCodeFor } from './completionCode.ts';

const config = (completion: Readonly<Record<string, unknown>>, name = 'pilot') =>
  experimentSchema.parse({ name, games: [{ name: 'explore' }], completion });

describe('the code at the end of an experiment', () => {
  it('is one for each participant and experiment, the same whenever it is asked for', () => {
    const code = codeFor(config({}), 'ann');
    expect(codeFor(config({}), 'ann')).toBe(code);
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{10}$/);
    expect(new Set([code, codeFor(config({}), 'ben'), codeFor(config({}, 'other'), 'ann')]).size).toBe(3);
  });

  it('is the same for all where it is a shared one, and none where there is none', () => {
    const shared = config({ code: 'shared', sharedCode: '=DONE' });
    expect([codeFor(shared, 'ann'), codeFor(shared, 'ben')]).toEqual(['=DONE', '=DONE']);
    expect(codeFor(config({ code: 'none' }), 'ann')).toBeNull();
  });

  it('finds who it belongs to, written in small letters', () => {
    const own = (codeFor(config({}), 'ann') ?? '').toLowerCase();
    expect(isCodeFor(own, config({}), 'ann')).toBe(true);
    expect(isCodeFor(own, config({}), 'ben')).toBe(false);
    expect(isCodeFor(own.slice(1), config({}), 'ann')).toBe(false);
  });

  it('finds everybody where all have the same one, and nobody by one that is not given', () => {
    const shared = config({ code: 'shared', sharedCode: '=DONE' });
    expect(isCodeFor('=done', shared, 'ann')).toBe(true);
    const own = (codeFor(config({}), 'ann') ?? '').toLowerCase();
    expect(isCodeFor(own, shared, 'ann')).toBe(false);
    expect(isCodeFor(own, config({ code: 'none' }), 'ann')).toBe(false);
  });
});
