import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startEmbeddedDatabase } from '../../packages/api/src/database/embeddedDatabase.ts';
import type { Storage } from '../../packages/api/src/storage.ts';
import { mongoStorage } from '../../packages/api/test/support/mongoStorage.ts';

/** A database that lasts as long as the job. */
export async function withDatabase(job: (storage: Storage) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'dcs-soak-'));
  const silent = { info: () => undefined, warn: () => undefined };
  const database = await startEmbeddedDatabase({ dataDir, logger: silent });
  try {
    const storage = await mongoStorage(database.url);
    try {
      await job(storage);
    } finally {
      await storage.close();
    }
  } finally {
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
