import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { testApp } from './support/testApp.ts';

const EXAMPLES = path.resolve(import.meta.dirname, '../../../examples');

describe('the demonstration of the README', () => {
  it('plays from its tape to its score, offline', async () => {
    await using app = await testApp({ env: { MODEL: `replay:${path.join(EXAMPLES, 'demo.jsonl')}` } });
    const demo = [path.join(EXAMPLES, 'demo.ts'), app.url];
    const { stdout } = await promisify(execFile)(process.execPath, demo);
    // What is not on the tape has been changed since: record it anew with `node scripts/recordDemo.ts`.
    expect(stdout).toContain('One arm uncurls from behind the stone');
    expect(stdout).toContain('**Predictions:** 1 right, 1 wrong; 1 turn without one');
    expect(app.faults).toEqual([]);
  });
});
