import { createMemoryStores } from './memory/stores.ts';
import { describeStores } from './stores.contract.ts';

describeStores('memory', async () => ({ stores: createMemoryStores(), close: () => Promise.resolve() }));
