import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PersonalDataError } from './personalDataError.ts';
import { createSealer } from './sealer.ts';

const KEY = randomBytes(32);
const PLACE = { playerId: 'p1', field: 'email' };

function reasonOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof PersonalDataError) return error.reason;
    throw error;
  }
  return 'opened';
}

describe('a sealed value', () => {
  const sealer = createSealer([KEY]);

  it('opens to the text that was sealed, whatever it is', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(fc.property(text, (plain) => sealer.open(sealer.seal(plain, PLACE), PLACE) === plain));
    expect(sealer.open(sealer.seal('', PLACE), PLACE)).toBe('');
  });

  it('does not contain the text, and is another one each time', () => {
    const [first, second] = [sealer.seal('ann@example.org', PLACE), sealer.seal('ann@example.org', PLACE)];
    expect(first).not.toBe(second);
    expect(first + Buffer.from(first, 'base64url').toString('latin1')).not.toContain('example');
  });

  it('opens for no other player and no other field', () => {
    const sealed = sealer.seal('ann@example.org', PLACE);
    expect(reasonOf(() => sealer.open(sealed, { ...PLACE, playerId: 'p2' }))).toBe('personal-data/tampered');
    expect(reasonOf(() => sealer.open(sealed, { ...PLACE, field: 'fullName' }))).toBe(
      'personal-data/tampered',
    );
  });

  it('opens at no place that only reads the same', () => {
    const sealed = sealer.seal('x', { playerId: 'a', field: 'b","c' });
    expect(reasonOf(() => sealer.open(sealed, { playerId: 'a","b', field: 'c' }))).toBe(
      'personal-data/tampered',
    );
  });

  it('opens after no change of any single character', () => {
    const sealed = sealer.seal('ann@example.org', PLACE);
    for (let index = 0; index < sealed.length - 1; index += 1) {
      const other = sealed[index] === 'A' ? 'B' : 'A';
      const changed = sealed.slice(0, index) + other + sealed.slice(index + 1);
      expect(reasonOf(() => sealer.open(changed, PLACE))).not.toBe('opened');
    }
  });

  it('opens after no cut, wherever it is', () => {
    const sealed = sealer.seal('ann@example.org', PLACE);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(reasonOf(() => sealer.open(sealed.slice(0, length), PLACE))).not.toBe('opened');
    }
  });

  it.each(['', 'ann@example.org', 'v2.a.b.c', 'v1...', `v1.${'0'.repeat(16)}.${'A'.repeat(16)}.`, '\0'])(
    'is not %j',
    (text) => {
      expect(reasonOf(() => sealer.open(text, PLACE))).toBe('personal-data/malformed');
    },
  );

  it('says which key it wants and what to do when the key in use is another one', () => {
    const sealed = sealer.seal('ann@example.org', PLACE);
    const other = createSealer([randomBytes(32)]);
    expect(reasonOf(() => other.open(sealed, PLACE))).toBe('personal-data/unknown-key');
    expect(() => other.open(sealed, PLACE)).toThrow(/PII_KEY/);
    expect(() => other.open(sealed, PLACE)).toThrow(sealed.split('.')[1]);
  });

  it('opens with a former key that is still listed, while new values use the new key', () => {
    const sealed = sealer.seal('old', PLACE);
    const fresh = randomBytes(32);
    const both = createSealer([fresh, KEY]);
    expect(both.open(sealed, PLACE)).toBe('old');
    expect(createSealer([fresh]).open(both.seal('new', PLACE), PLACE)).toBe('new');
  });

  it('never tells a key in an error', () => {
    const other = createSealer([randomBytes(32)]);
    try {
      other.open(sealer.seal('ann@example.org', PLACE), PLACE);
    } catch (error) {
      expect(String(error)).not.toContain(KEY.toString('hex'));
      expect(String(error)).not.toContain('ann@');
    }
  });
});
