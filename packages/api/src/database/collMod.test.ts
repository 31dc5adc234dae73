import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { MongoClient, type Db } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedDatabase, type EmbeddedDatabase } from './embeddedDatabase.ts';

const logger = { info: () => undefined, warn: () => undefined };
const validator = {
  $jsonSchema: { required: ['name', 'n'], properties: { n: { minimum: 0, bsonType: 'int' } } },
};
let dataDir = '';
let database: EmbeddedDatabase;
let client: MongoClient;

async function open(): Promise<Db> {
  database = await startEmbeddedDatabase({ dataDir, logger });
  client = new MongoClient(database.url, { writeConcern: { w: 'majority', journal: true } });
  return client.db('test');
}

async function close(): Promise<void> {
  await client.close();
  await database.stop();
}

describe('a change of a collection schema on the embedded database', () => {
  let db: Db;
  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(os.tmpdir(), 'dcs-collmod-'));
    db = await open();
  });
  afterAll(async () => {
    await close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('keeps the documents and the indexes and enforces the new rules', async () => {
    const things = await db.createCollection('things', {
      validator: { $jsonSchema: { required: ['name'] } },
    });
    await things.createIndex({ name: 1, n: -1 }, { unique: true });
    await things.insertMany(Array.from({ length: 500 }, (_, n) => ({ name: `thing ${n}`, n })));
    const before = { indexes: await things.indexes(), rows: await things.find().sort({ n: 1 }).toArray() };

    await expect(db.command({ collMod: 'things', validator })).resolves.toMatchObject({ ok: 1 });

    expect(await things.indexes()).toEqual(before.indexes);
    expect(await things.find().sort({ n: 1 }).toArray()).toEqual(before.rows);
    await expect(things.insertOne({ name: 'no number' })).rejects.toMatchObject({ code: 121 });
    await expect(things.insertOne({ name: 'thing 1', n: 1 })).rejects.toMatchObject({ code: 11000 });
    const [options] = await db.listCollections({ name: 'things' }).toArray();
    expect(options).toMatchObject({ options: { validator } });
  });

  it('loses no write that was acknowledged while it ran', async () => {
    const busy = db.collection('busy');
    await busy.insertOne({ n: -1 });
    const writes = Array.from({ length: 300 }, (_, n) => busy.insertOne({ n }));
    await Promise.all([...writes, db.command({ collMod: 'busy', validationLevel: 'moderate' })]);
    expect(await busy.countDocuments()).toBe(301);
  });

  it('starts over what was interrupted, and leaves nothing of it behind', async () => {
    const kept = db.collection('kept');
    await kept.insertOne({ n: 1 });
    await db.collection('kept__collmod').insertOne({ n: 'half a copy' });
    await db.command({ collMod: 'kept', validator: {} });
    expect(await kept.countDocuments()).toBe(1);

    await db.collection('kept__collmod').insertOne({ n: 'half a copy' });
    await close();
    db = await open();
    const names = (await db.listCollections().toArray()).map(({ name }) => name);
    expect(names).toContain('kept');
    expect(names.filter((name) => name.endsWith('__collmod'))).toEqual([]);
  });

  it('answers like a server when it cannot be done', async () => {
    await expect(db.command({ collMod: 'nowhere', validator: {} })).rejects.toMatchObject({ code: 26 });
    await expect(db.command({ collMod: 'things', index: { name: 'x' } })).rejects.toMatchObject({ code: 72 });
    await expect(db.command({ collMod: 'things', validator: { $nonsense: 1 } })).rejects.toMatchObject({
      code: 8,
    });
    expect(await db.collection('things').countDocuments()).toBe(500);
  });
});
