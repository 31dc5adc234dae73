import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmbeddedDatabase } from '../../database/embeddedDatabase.ts';
import { newId, sampleHeader, sampleRun, sampleSummary } from '../contract/samples.ts';
import { openMongoStores } from './connect.ts';
import type { MongoStores } from './connect.ts';

/* Defends: what was acknowledged is there after the database was killed in the middle of its work. */

const logger = { info: () => undefined, warn: () => undefined };
const WRITERS = 8;
const KILL_AFTER = 60;

/** Appends to one session until the database is gone; resolves with the last number that was acknowledged. */
async function appendUntilGone(
  mongo: MongoStores,
  sessionId: string,
  onAppended: () => void,
): Promise<number> {
  for (let last = 0; ; last += 2) {
    try {
      await mongo.stores.log.append(sampleRun(sessionId, last + 1, last + 2));
    } catch {
      return last;
    }
    onAppended();
  }
}

describe('a database that is killed under load', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(os.tmpdir(), 'dcs-kill-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('has every acknowledged event and session when it is back, and logs without gaps', async () => {
    const database = await startEmbeddedDatabase({ dataDir, logger });
    const mongo = await openMongoStores({ url: database.url, patienceMs: 500 });
    const headers = Array.from({ length: WRITERS }, () => sampleHeader({ sessionId: newId() }));
    await Promise.all(headers.map((header) => mongo.stores.sessions.create(header, sampleSummary())));
    let appended = 0;
    const countAndKill = (): void => {
      appended += 1;
      if (appended === KILL_AFTER) process.kill(database.pid, 'SIGKILL');
    };
    const acknowledged = await Promise.all(
      headers.map(({ sessionId }) => appendUntilGone(mongo, sessionId, countAndKill)),
    );
    await mongo.close();
    await database.stop();

    const reopened = await startEmbeddedDatabase({ dataDir, logger });
    const { stores, close } = await openMongoStores({ url: reopened.url });
    for (const [index, header] of headers.entries()) {
      const seqs = (await stores.log.read(header.sessionId, 0, 10_000)).map((event) => event.seq);
      expect(seqs).toEqual(seqs.map((_, position) => position + 1));
      expect(seqs.length).toBeGreaterThanOrEqual(acknowledged[index] ?? 0);
      expect((await stores.sessions.get(header.sessionId))?.header).toEqual(header);
    }
    await close();
    await reopened.stop();
  });
});
