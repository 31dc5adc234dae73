import { MongoClient } from 'mongodb';
import type { MongoClientOptions } from 'mongodb';

const CONFIRMATION_MS = 10_000;

/**
 * What makes an acknowledged write survive: journaled by a majority, or by the one server there is. A server that is
 * alone is not asked for a majority: killed under load, the embedded engine had lost writes that it had acknowledged
 * with `{ w: 'majority', j: true }`, and none with `{ w: 1, j: true }`.
 */
export async function durableWrites(url: string, options: MongoClientOptions) {
  const probe = new MongoClient(url, { ...options, maxPoolSize: 1 });
  try {
    const hello = await probe.db('admin').command({ hello: 1 });
    const isAlone = hello['setName'] === undefined && hello['msg'] !== 'isdbgrid';
    return { w: isAlone ? 1 : 'majority', journal: true, wtimeoutMS: CONFIRMATION_MS } as const;
  } finally {
    await probe.close();
  }
}
