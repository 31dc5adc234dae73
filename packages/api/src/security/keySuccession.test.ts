import { describe, expect, it } from 'vitest';
import { checkAccessKey } from './accessKey.ts';
import { createKeySuccession } from './keySuccession.ts';
import { parsePersonalDataKeys } from './personalDataKeys.ts';

const succession = (seed: string) => createKeySuccession(parsePersonalDataKeys(seed.repeat(64)));

describe('the succession of access keys', () => {
  it('gives the same key for the same command, on every server with the same secret', () => {
    const key = succession('a')('old', 'command');
    expect(checkAccessKey(key)).toEqual({ ok: true });
    expect(succession('a')('old', 'command')).toBe(key);
  });

  it('gives another key for another command, another old key and another secret', () => {
    const keys = [
      succession('a')('old', 'command'),
      succession('a')('old', 'other'),
      succession('a')('other', 'command'),
      succession('a')('ol', 'dcommand'),
      succession('b')('old', 'command'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});
