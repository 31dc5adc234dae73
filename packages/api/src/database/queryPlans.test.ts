import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { expect, inject, it } from 'vitest';

const DOCUMENTS = 12_000;

it('a query between two indexes that are equally bad for it is answered', async () => {
  const client = new MongoClient(inject('databaseUrl'));
  const db = client.db(`plans-${randomUUID().slice(0, 8)}`);
  try {
    const things = db.collection('things');
    await things.createIndexes([{ key: { isLeft: 1 } }, { key: { isRight: 1 } }]);
    const sides = Array.from({ length: DOCUMENTS }, (_none, n) => n % 2 === 0);
    await things.insertMany(sides.map((isLeft) => ({ isLeft, isRight: !isLeft })));
    expect(await things.find({ isLeft: true, isRight: true }).toArray()).toEqual([]);
  } finally {
    await db.dropDatabase();
    await client.close();
  }
});
