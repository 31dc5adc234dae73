import { describe, expect, it } from 'vitest';
import { checkAccessKey, hashAccessKey, newAccessKey } from './accessKey.ts';

const reasonOf = (text: string): string | null => {
  const check = checkAccessKey(text);
  return check.ok ? null : check.reason;
};

describe('an access key', () => {
  it('is dcs-ak- and 43 URL-safe characters, and never the same twice', () => {
    const keys = Array.from({ length: 200 }, newAccessKey);
    for (const key of keys) {
      expect(key).toMatch(/^dcs-ak-[A-Za-z0-9_-]{43}$/);
      expect(checkAccessKey(key)).toEqual({ ok: true });
    }
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([
    ['nothing', '', 'access-key/length'],
    ['one character less', `dcs-ak-${'a'.repeat(42)}`, 'access-key/length'],
    ['one character more', `dcs-ak-${'a'.repeat(44)}`, 'access-key/length'],
    ['a space before it', ` dcs-ak-${'a'.repeat(43)}`, 'access-key/length'],
    ['a megabyte', 'x'.repeat(1_000_000), 'access-key/length'],
    ['another prefix', `dcs_ak_${'a'.repeat(43)}`, 'access-key/prefix'],
    ['a prefix in capitals', `DCS-AK-${'a'.repeat(43)}`, 'access-key/prefix'],
    ['a wrong prefix and wrong characters', '%'.repeat(50), 'access-key/prefix'],
    ['a character of plain base64', `dcs-ak-${'a'.repeat(42)}+`, 'access-key/characters'],
    ['a line break at its end', `dcs-ak-${'a'.repeat(42)}\n`, 'access-key/characters'],
    ['a letter of another script', `dcs-ak-${'a'.repeat(42)}а`, 'access-key/characters'],
    ['an emoji', `dcs-ak-${'a'.repeat(41)}🐙`, 'access-key/characters'],
  ])('is not %s', (_what, text, reason) => {
    expect(reasonOf(text)).toBe(reason);
  });

  it('is refused with a message of its own for each reason, which never repeats the key', () => {
    const messages = ['short', '%'.repeat(50), `dcs-ak-${'a'.repeat(42)}+`].map((text) => {
      const check = checkAccessKey(text);
      return check.ok ? '' : check.message;
    });
    expect(new Set(messages).size).toBe(3);
    expect(messages.join()).not.toContain('aaaa');
  });

  it('is kept as its SHA-256', () => {
    expect(hashAccessKey('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    const key = newAccessKey();
    expect(hashAccessKey(key)).toBe(hashAccessKey(key));
    expect(hashAccessKey(key)).not.toBe(hashAccessKey(newAccessKey()));
  });
});
