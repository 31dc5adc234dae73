import { describe, expect, inject, it } from 'vitest';
import { openMemoryStorage } from '../src/storage.ts';
import { mongoStorage } from './support/mongoStorage.ts';
import { runStudy } from './support/study.ts';

/* Three hundred come in memory; `npm run soak -- study` has them come in MongoDB, with chances drawn anew each time. */

describe.each([
  { kept: 'in memory', open: async () => openMemoryStorage(), quota: 50 },
  { kept: 'in MongoDB', open: () => mongoStorage(inject('databaseUrl')), quota: 2 },
])('a study of participants who leave, click twice and use two devices, $kept', ({ open, quota }) => {
  it('fills its quotas exactly, leaves nothing stuck and can be taken home whole though its server is killed', async () => {
    const storage = await open();
    await using cleanUp = new AsyncDisposableStack();
    cleanUp.defer(() => storage.close());
    const result = await runStudy({ storage, quota, seed: 1, report: () => undefined });
    expect(result.participants).toBeGreaterThanOrEqual(6 * quota);
    expect(result.sessions).toBeGreaterThanOrEqual(3 * quota);
  }, 180_000);
});
