import { randomUUID } from 'node:crypto';
import type { Storage } from '../../src/storage.ts';
import { openMongoStores } from '../../src/store/mongo/connect.ts';

/** Stores in the database at `url`, under a name that nobody else uses unless one is given. */
export async function mongoStorage(
  url: string,
  dbName = `api-${randomUUID().slice(0, 8)}`,
): Promise<Storage> {
  const { stores, ping, close } = await openMongoStores({ url, dbName });
  return {
    kind: 'durable',
    stores,
    describe: () => 'the database of the tests',
    ping,
    failed: new Promise(() => undefined),
    close,
  };
}
