import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedDatabase } from '../../src/database/embeddedDatabase.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the database of this test run, without a database name: every file uses a name of its own. */
    databaseUrl: string;
  }
}

/** One database for the whole run: TEST_DATABASE_URL when set, else an embedded one in a temporary folder. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const external = process.env['TEST_DATABASE_URL'];
  if (external) {
    project.provide('databaseUrl', external);
    return () => Promise.resolve();
  }
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'dcs-test-'));
  const logger = { info: (text: string) => process.stderr.write(`${text}\n`), warn: () => undefined };
  const database = await startEmbeddedDatabase({ dataDir, logger });
  project.provide('databaseUrl', database.url);
  return async () => {
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
