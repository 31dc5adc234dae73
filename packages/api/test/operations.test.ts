import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { envExample } from '../src/env.ts';
import { testApp } from './support/testApp.ts';

const guide = readFile(path.resolve(import.meta.dirname, '../../../docs/operations.md'), 'utf8');

describe('the guide to operations', () => {
  it('explains every setting', async () => {
    const settings = [...envExample().matchAll(/^#([A-Z_]+)=$/gm)].map(([, name]) => `\`${name}\``);
    expect(settings.length).toBeGreaterThan(30);
    const text = await guide;
    expect(settings.filter((name) => !text.includes(name))).toEqual([]);
  });

  it('explains every metric of ours, and no other', async () => {
    await using app = await testApp();
    const { body } = await app.http('/metrics');
    const metrics = [...String(body).matchAll(/^# TYPE (dcs_\w+)/gm)].map(([, name = '']) => name);
    const explained = [...(await guide).matchAll(/^\| `(dcs_\w+)` +\|/gm)].map(([, name = '']) => name);
    expect(new Set(explained)).toEqual(new Set(metrics));
  });
});
