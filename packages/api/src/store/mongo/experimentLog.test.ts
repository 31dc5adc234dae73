import { randomUUID } from 'node:crypto';
import { SequenceConflict } from '@dcs/engine';
import { MongoClient, MongoNetworkError } from 'mongodb';
import type { Db } from 'mongodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { sampleExperimentRun } from '../contract/experimentLog.ts';
import { newId } from '../contract/samples.ts';
import { StoreUnavailable } from '../storeErrors.ts';
import { createMongoExperimentLog } from './experimentLog.ts';
import { ensureSchema } from './schema.ts';

/** A way to the database on which answers to the next commands are lost, `before` they are done or `after`. */
function losingAnswers(db: Db, losses: ('before' | 'after')[]): Db {
  const lost = () => new MongoNetworkError('The connection was lost.');
  return new Proxy(db, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: readonly unknown[]): unknown => {
        const answer = (): unknown => Reflect.apply(member, target, args);
        const loss = name === 'command' ? losses.shift() : undefined;
        if (loss === undefined) return answer();
        if (loss === 'before') return Promise.reject(lost());
        return Promise.resolve(answer()).then(() => Promise.reject(lost()));
      };
    },
  });
}

describe('the log of experiments in MongoDB', () => {
  let client: MongoClient;
  let db: Db;
  beforeAll(async () => {
    client = await new MongoClient(inject('databaseUrl')).connect();
    db = client.db(`experiments-${randomUUID().slice(0, 8)}`);
    await ensureSchema(db);
  });
  afterAll(() => client.close());

  it.each([['before'], ['after']] as const)(
    'writes an append once whose answer was lost %s it was written',
    async (loss) => {
      const log = createMongoExperimentLog(losingAnswers(db, [loss]));
      const events = sampleExperimentRun(newId(), 1, 3);
      expect(await log.append(events)).toEqual(events);
      expect(await log.read(events[0]?.experiment ?? '', 0, 10)).toEqual(events);
    },
  );

  it('tells that somebody else took the number from that its own answer was lost', async () => {
    const experiment = newId();
    const first = sampleExperimentRun(experiment, 1, 2);
    await createMongoExperimentLog(db).append(first);
    const log = createMongoExperimentLog(losingAnswers(db, ['after', 'before']));
    await expect(log.append(sampleExperimentRun(experiment, 2, 3))).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(log.append(sampleExperimentRun(experiment, 2, 3))).rejects.toBeInstanceOf(SequenceConflict);
    expect(await log.read(experiment, 0, 10)).toEqual(first);
  });
});
