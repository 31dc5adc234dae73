import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sweepStagedExports } from './stagedExport.ts';
import { temporaryFolder } from './testFolder.ts';

const NOW = 1_800_000_000_000;
const HOUR_MS = 3_600_000;

describe('exports that a killed server has left', () => {
  it('are removed when they are a day old, and nothing else is', async () => {
    await using folder = await temporaryFolder();
    const parent = folder.path;
    for (const [name, hours] of [
      ['dcs-export-old', 25],
      ['dcs-export-young', 23],
      ['something-old', 99],
    ] as const) {
      await mkdir(path.join(parent, name));
      await writeFile(path.join(parent, name, 'participants.csv'), 'p1');
      const at = new Date(NOW - hours * HOUR_MS);
      await utimes(path.join(parent, name), at, at);
    }
    await sweepStagedExports(NOW, parent);
    expect((await readdir(parent)).toSorted()).toEqual(['dcs-export-young', 'something-old']);
  });
});
