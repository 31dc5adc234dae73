import { describe, expect, it } from 'vitest';
import { readAccessKey } from './accessKey.ts';

const KEY = `dcs-ak-${'aB3_-'.repeat(8)}xyz`;

describe('An access key', () => {
  it('is taken as it is', () => {
    expect(readAccessKey(KEY)).toEqual({ ok: true, key: KEY });
  });

  it.each([
    `  ${KEY}\n`,
    `"${KEY}"`,
    `${KEY.slice(0, 20)}\r\n ${KEY.slice(20)}`,
    `\u201C${KEY}\u201D`,
    `\uFEFF${KEY}`,
  ])('may be pasted with what surrounds it: %j', (pasted) => {
    expect(readAccessKey(pasted)).toEqual({ ok: true, key: KEY });
  });

  it.each([
    ['', 'Paste your access key here.'],
    ['   ', 'Paste your access key here.'],
    ['hunter2', 'begins with dcs-ak-'],
    [KEY.slice(1), 'begins with dcs-ak-'],
    [KEY.slice(0, -1), 'has 50 characters; this one has 49. A part may be missing.'],
    [`${KEY}a`, 'has 50 characters; this one has 51. Something else may be in it.'],
    [`dcs-ak-${'é'.repeat(43)}`, 'only letters, digits, hyphens and underscores'],
  ])('that is not one says what is wrong: %j', (pasted, message) => {
    const read = readAccessKey(pasted);
    expect(read.ok ? '' : read.message).toContain(message);
  });
});
