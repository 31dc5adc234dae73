import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadPersonalDataKeys, parsePersonalDataKeys } from './personalDataKeys.ts';

describe('PII_KEY', () => {
  const key = randomBytes(32);

  it.each([
    ['hexadecimal digits', key.toString('hex')],
    ['hexadecimal capitals', key.toString('hex').toUpperCase()],
    ['base64', key.toString('base64')],
    ['URL-safe base64 without padding', key.toString('base64url')],
    ['a key with spaces around it', ` ${key.toString('hex')} `],
  ])('may be %s', (_what, text) => {
    expect(parsePersonalDataKeys(text)).toEqual([key]);
  });

  it('may be several keys, the one that seals first', () => {
    const former = randomBytes(32);
    expect(parsePersonalDataKeys(`${key.toString('hex')}, ${former.toString('base64')}`)).toEqual([
      key,
      former,
    ]);
  });

  it.each([
    '',
    'secret',
    'a'.repeat(63),
    'a'.repeat(65),
    key.toString('base64').slice(1),
    `${key.toString('hex')},`,
    '🐙',
  ])('may not be %j', (text) => {
    expect(() => parsePersonalDataKeys(text)).toThrow(/PII_KEY.*openssl rand/);
  });

  it('is not repeated in the error about it', () => {
    expect(() => parsePersonalDataKeys('my-secret-passphrase')).toThrow(/^(?!.*my-secret)/);
  });
});

describe('the key file', () => {
  let folder: string;
  let keyFile: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'dcs-keys-'));
    keyFile = path.join(folder, 'data', 'pii.key');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is made once, readable by its owner alone, and read from then on', async () => {
    const first = await loadPersonalDataKeys({ keyFile });
    expect(first[0]).toHaveLength(32);
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
    expect(await loadPersonalDataKeys({ keyFile })).toEqual(first);
    expect(await readdir(path.dirname(keyFile))).toEqual(['pii.key']);
  });

  it('is one and the same for several processes that make it at once', async () => {
    const loaded = await Promise.all(Array.from({ length: 10 }, () => loadPersonalDataKeys({ keyFile })));
    expect(new Set(loaded.map(([key]) => Buffer.from(key).toString('hex'))).size).toBe(1);
  });

  it('is neither read nor made when PII_KEY is set', async () => {
    const key = randomBytes(32);
    expect(await loadPersonalDataKeys({ piiKey: key.toString('hex'), keyFile })).toEqual([key]);
    await expect(stat(keyFile)).rejects.toThrow();
  });

  it('is refused when others may read it', async () => {
    await loadPersonalDataKeys({ keyFile });
    await chmod(keyFile, 0o644);
    await expect(loadPersonalDataKeys({ keyFile })).rejects.toMatchObject({
      reason: 'personal-data/bad-key-file',
    });
    await expect(loadPersonalDataKeys({ keyFile })).rejects.toThrow(/chmod 600/);
  });

  it.each(['', 'half a key', 'f'.repeat(40)])('is refused and kept when it holds %j', async (text) => {
    await mkdir(path.dirname(keyFile), { recursive: true });
    await writeFile(keyFile, text, { mode: 0o600 });
    await expect(loadPersonalDataKeys({ keyFile })).rejects.toMatchObject({
      reason: 'personal-data/bad-key-file',
    });
    expect(await readFile(keyFile, 'utf8')).toBe(text);
  });

  it('says what to do when it cannot be made', async () => {
    await writeFile(path.join(folder, 'data'), 'a file where the folder should be');
    await expect(loadPersonalDataKeys({ keyFile })).rejects.toMatchObject({
      reason: 'personal-data/bad-key-file',
    });
    await expect(loadPersonalDataKeys({ keyFile })).rejects.toThrow(/PII_KEY/);
  });
});
