import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createInsert } from './insertCommand.ts';

interface Note {
  readonly _id: number;
}

describe('an insert command', () => {
  const client = new MongoClient(inject('databaseUrl'), { writeConcern: { w: 1, journal: true } });
  const db = client.db(`insert-command-${Date.now()}`);
  const notes = db.collection<Note>('notes');
  const insert = createInsert<Note>(db, notes.collectionName);
  const kept = (): Promise<number[]> => notes.distinct('_id');
  beforeAll(async () => void (await client.connect()));
  afterAll(async () => {
    await db.dropDatabase();
    await client.close();
  });

  it('tells by their places what was refused, and inserts the rest', async () => {
    expect(await insert([{ _id: 1 }, { _id: 2 }], { ordered: false })).toEqual([]);
    const refused = await insert([{ _id: 3 }, { _id: 2 }, { _id: 4 }, { _id: 1 }], { ordered: false });
    expect(refused).toMatchObject([
      { index: 1, code: 11_000 },
      { index: 3, code: 11_000 },
    ]);
    expect(await kept()).toEqual([1, 2, 3, 4]);
  });

  it('stops at the first that is refused when order matters', async () => {
    const before = await kept();
    const refused = await insert([{ _id: 10 }, { _id: 10 }, { _id: 11 }], { ordered: true });
    expect(refused).toMatchObject([{ index: 1, code: 11_000 }]);
    expect(await kept()).toEqual([...before, 10]);
  });

  it('rejects when none was taken for a reason of its own, instead of telling of no refusal', async () => {
    const nowhere = createInsert<Note>(db, 'system.nothing');
    await expect(nowhere([{ _id: 1 }], { ordered: false })).rejects.toThrow();
  });
});
