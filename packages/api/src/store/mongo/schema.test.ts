import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { newId, sampleRun } from '../contract/samples.ts';
import { ensureSchema } from './schema.ts';
import { createMongoSessionLog } from './sessionLog.ts';

const DOCUMENT_REFUSED = 121;

describe('the schema of the database', () => {
  let client: MongoClient;
  let db: Db;
  beforeAll(async () => {
    client = await new MongoClient(inject('databaseUrl')).connect();
  });
  afterAll(() => client.close());
  beforeEach(() => {
    db = client.db(`schema-${randomUUID().slice(0, 8)}`);
  });

  const uniqueKeys = async (name: string): Promise<string[]> => {
    const indexes = await db.collection(name).indexes();
    return indexes.filter((index) => index.unique).map((index) => Object.keys(index.key).join());
  };

  it('has the collections and unique keys that idempotency rests on', async () => {
    await ensureSchema(db);
    expect((await uniqueKeys('sessionEvents')).toSorted()).toEqual(['sessionId,seq']);
    expect((await uniqueKeys('sessions')).toSorted()).toEqual(['ownerId,commandId', 'sessionId']);
    expect((await uniqueKeys('accessKeys')).toSorted()).toEqual(['hash', 'keyId']);
    expect(await uniqueKeys('players')).toEqual(['playerId']);
    expect(await uniqueKeys('pii')).toEqual(['playerId']);
  });

  it('is the same after any number of starts, also of several servers at once', async () => {
    await Promise.all([1, 2, 3, 4].map(() => ensureSchema(db)));
    const before = await uniqueKeys('sessionEvents');
    await ensureSchema(db);
    expect(await uniqueKeys('sessionEvents')).toEqual(before);
  });

  it('gets back an index that was dropped', async () => {
    await ensureSchema(db);
    await db.collection('sessionEvents').dropIndexes();
    await ensureSchema(db);
    expect((await uniqueKeys('sessionEvents')).toSorted()).toEqual(['sessionId,seq']);
  });

  it('refuses documents that the contract does not know', async () => {
    await ensureSchema(db);
    const stranger = {
      playerId: 'p',
      role: 'player',
      anonymous: true,
      registration: [],
      createdAt: new Date(),
    };
    const insert = (extra: object) => db.collection('players').insertOne({ ...stranger, ...extra });
    await expect(insert({ accessKey: 'plain' })).rejects.toMatchObject({ code: DOCUMENT_REFUSED });
    await expect(insert({ createdAt: 'yesterday' })).rejects.toMatchObject({ code: DOCUMENT_REFUSED });
    await insert({});
  });

  it('moves a database of an earlier contract on, and keeps what is in it', async () => {
    await db.createCollection('sessionEvents', {
      validator: { $jsonSchema: { bsonType: 'object', required: ['sessionId'] } },
    });
    const log = createMongoSessionLog(db);
    const events = sampleRun(newId(), 1, 3);
    await log.append(events);
    await ensureSchema(db);
    expect(await log.read(events[0]?.sessionId ?? '', 0, 10)).toEqual(events);
    await expect(log.append(events.slice(2))).rejects.toThrow('already has an event 3');
    const stray = db.collection('sessionEvents').insertOne({ sessionId: 's' });
    await expect(stray).rejects.toMatchObject({ code: DOCUMENT_REFUSED });
  });

  it('is not forced on documents that break a unique key', async () => {
    const keys = db.collection('accessKeys');
    await keys.insertMany([{ hash: 'same' }, { hash: 'same' }]);
    await expect(ensureSchema(db)).rejects.toThrow(/duplicate key/);
    expect(await keys.countDocuments()).toBe(2);
  });
});
