import { experimentSchema } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import { CODE_LENGTH, codeFor, completionCode } from './completionCode.ts';

const config = (completion: Readonly<Record<string, unknown>>) =>
  experimentSchema.parse({ name: 'pilot', games: [{ name: 'explore' }], completion });

describe('the code at the end of an experiment', () => {
  it('is one for each participant and experiment, the same whenever it is asked for', () => {
    const code = codeFor(config({}), 'ann');
    expect(code).toBe(completionCode('pilot', 'ann'));
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]+$/);
    expect(code).toHaveLength(CODE_LENGTH);
    expect(new Set([code, completionCode('pilot', 'ben'), completionCode('other', 'ann')]).size).toBe(3);
  });

  it('is the same for all where it is a shared one, and none where there is none', () => {
    const shared = config({ code: 'shared', sharedCode: '=DONE' });
    expect([codeFor(shared, 'ann'), codeFor(shared, 'ben')]).toEqual(['=DONE', '=DONE']);
    expect(codeFor(config({ code: 'none' }), 'ann')).toBeNull();
  });
});
