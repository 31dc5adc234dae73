import { randomUUID } from 'node:crypto';
import { SequenceConflict } from '@dcs/engine';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { openLine } from '../contract/cuttableLine.ts';
import { newId, sampleHeader, sampleRun, sampleSummary } from '../contract/samples.ts';
import { StoreUnavailable } from '../storeErrors.ts';
import { openMongoStores } from './connect.ts';
import type { MongoOptions, MongoStores } from './connect.ts';

const opened: MongoStores[] = [];
const open = async (options: MongoOptions): Promise<MongoStores> => {
  const mongo = await openMongoStores(options);
  opened.push(mongo);
  return mongo;
};
const newDbName = (): string => `connect-${randomUUID().slice(0, 8)}`;

afterEach(async () => {
  await Promise.all(opened.splice(0).map((mongo) => mongo.close()));
});

describe('stores in MongoDB', () => {
  it('keep everything over a restart of the program', async () => {
    const dbName = newDbName();
    const first = await open({ url: inject('databaseUrl'), dbName });
    const header = sampleHeader();
    const events = sampleRun(header.sessionId, 1, 3);
    await first.stores.sessions.create(header, sampleSummary());
    await first.stores.log.append(events);
    await first.close();
    const second = await open({ url: inject('databaseUrl'), dbName });
    expect(await second.stores.log.read(header.sessionId, 0, 10)).toEqual(events);
    expect((await second.stores.sessions.get(header.sessionId))?.header).toEqual(header);
  });

  it('refuse a taken number even if the address asks for unconfirmed writes', async () => {
    const address = inject('databaseUrl');
    const url = `${address}${address.includes('?') ? '&' : '/?'}w=0&journal=false`;
    const { stores } = await open({ url, dbName: newDbName() });
    const events = sampleRun(newId(), 1, 2);
    await stores.log.append(events);
    await expect(stores.log.append(events)).rejects.toBeInstanceOf(SequenceConflict);
  });

  it('cannot be opened where no database answers', async () => {
    const attempt = openMongoStores({ url: 'mongodb://127.0.0.1:1/?directConnection=true', patienceMs: 100 });
    await expect(attempt).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it('say that the database is away, and go on when it is back', async () => {
    await using line = await openLine(inject('databaseUrl'));
    const { stores, ping } = await open({ url: line.url, dbName: newDbName(), patienceMs: 2_000 });
    const sessionId = newId();
    const [header, summary] = [sampleHeader(), sampleSummary()];
    await stores.log.append(sampleRun(sessionId, 1, 2));
    await ping();
    line.cut();
    const operations = [
      ping(),
      stores.log.append(sampleRun(sessionId, 3, 4)),
      stores.log.read(sessionId, 0, 10),
      stores.sessions.create(header, summary),
      stores.sessions.get(sessionId),
      stores.players.get(newId()),
      stores.personalData.put(newId(), {}, 0),
      stores.accessKeys.findByHash('none'),
      stores.characters.current(),
      stores.audit.list({ limit: 1 }),
    ];
    for (const outcome of await Promise.allSettled(operations)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'StoreUnavailable' } });
    }
    line.mend();
    await vi.waitFor(ping, { timeout: 10_000 });
    const after = (await stores.log.read(sessionId, 0, 10)).map((event) => event.seq);
    expect(after).toEqual(after.map((_, index) => index + 1));
    await stores.log.append(sampleRun(sessionId, after.length + 1, after.length + 1));
    expect((await stores.sessions.create(header, summary)).header).toEqual(header);
  });

  it('reject and do not hang after they were closed', async () => {
    const { stores, close } = await openMongoStores({ url: inject('databaseUrl'), dbName: newDbName() });
    await close();
    await close();
    await expect(stores.log.read('s', 0, 1)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(stores.players.get('p')).rejects.toBeInstanceOf(StoreUnavailable);
  });
});
