import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createMongoSnapshotStore } from './snapshotStore.ts';

describe('snapshots in MongoDB', () => {
  let client: MongoClient;
  beforeAll(async () => {
    client = await new MongoClient(inject('databaseUrl')).connect();
  });
  afterAll(() => client.close());

  it.each([
    ['text', { snapshotJson: '{"seq":3}' }],
    ['hash', { hash: 'f'.repeat(64) }],
  ])('are known to be damaged when their %s is not what was put', async (_part, damage) => {
    const db = client.db(`snapshots-${randomUUID().slice(0, 8)}`);
    const store = createMongoSnapshotStore(db);
    const snapshot = { sessionId: 's', seq: 3, schemaVersion: 1, fold: 'f', core: {}, game: 0, replies: [] };
    await store.put(snapshot);
    await db.collection('snapshots').updateOne({ sessionId: 's' }, { $set: damage });
    await expect(store.get('s')).rejects.toMatchObject({ reason: 'snapshot/damaged' });
    expect(await store.remove('s')).toBe(true);
  });
});
