import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { openMongoStores } from './mongo/connect.ts';
import { describeStores } from './stores.contract.ts';

describeStores('MongoDB', () =>
  openMongoStores({ url: inject('databaseUrl'), dbName: `stores-${randomUUID().slice(0, 8)}` }),
);
