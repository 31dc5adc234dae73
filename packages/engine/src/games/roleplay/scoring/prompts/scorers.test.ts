import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SCORERS } from './scorers.ts';

const NO_SCORERS = ['scorers.ts', 'scorerText.ts'];

describe('the list of scorers', () => {
  it('has the scorer of every prompt beside it, so that none is left out where they are looked through', async () => {
    const files = (await readdir(import.meta.dirname)).filter((file) => !file.endsWith('.test.ts'));
    const modules: Record<string, unknown>[] = await Promise.all(
      files
        .filter((file) => !NO_SCORERS.includes(file))
        .map((file) => import(path.join(import.meta.dirname, file))),
    );
    const found = modules.flatMap((module) => Object.values(module));
    expect(found).toHaveLength(SCORERS.length);
    expect(new Set(found)).toEqual(new Set(SCORERS));
  });
});
