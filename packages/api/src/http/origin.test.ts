import { describe, expect, it } from 'vitest';
import { isOriginAllowed } from './origin.ts';

const policy = { allowed: ['https://lab.example'], trustProxy: false };
const ask = (headers: Record<string, string>, trustProxy = false) =>
  isOriginAllowed({ headers }, { ...policy, trustProxy });

describe('isOriginAllowed', () => {
  it('takes our own pages, named origins and programs', () => {
    expect(ask({ host: 'localhost:5173', origin: 'http://localhost:5173' })).toBe(true);
    expect(ask({ host: 'localhost:5173', origin: 'https://lab.example' })).toBe(true);
    expect(ask({ host: 'localhost:5173' })).toBe(true);
  });

  it.each([
    'https://evil.example',
    'null',
    'http://localhost:9999',
    'localhost:5173',
    'https://lab.example.evil',
    '',
  ])('refuses a page of "%s"', (origin) => {
    expect(ask({ host: 'localhost:5173', origin })).toBe(false);
  });

  it('believes a proxy only when told to', () => {
    const headers = { host: '10.0.0.1:80', 'x-forwarded-host': 'dcs.example', origin: 'https://dcs.example' };
    expect(ask(headers)).toBe(false);
    expect(ask(headers, true)).toBe(true);
  });
});
