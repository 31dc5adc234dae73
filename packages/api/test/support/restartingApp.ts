import type { Storage } from '../../src/storage.ts';
import { testApp } from './testApp.ts';
import type { TestApp, TestAppOptions } from './testApp.ts';
import { storageOfProcess } from './wrappedStorage.ts';

/** How a server ends: in good order, or so that nothing it had not written yet is ever written. */
export type Ending = 'stop' | 'crash';

/** A server that is started again on the same address and the same data as often as a test likes. */
export interface RestartingApp extends AsyncDisposable {
  readonly url: string;
  /** As it was started last. The clients that it gives end with it; others find the next one by themselves. */
  readonly app: TestApp;
  restart(ending: Ending): Promise<void>;
}

/** `storage` outlives every start; whoever calls closes it. */
export async function restartingApp(
  storage: Storage,
  options: Omit<TestAppOptions, 'storage'> = {},
): Promise<RestartingApp> {
  const { env = {} } = options;
  const start = async (port: number): Promise<{ app: TestApp; die: () => void }> => {
    const process = storageOfProcess(storage);
    const app = await testApp({
      ...options,
      env: { ...env, PORT: String(port) },
      storage: process.storage,
    });
    return { app, die: process.die };
  };
  let running = await start(0);
  const { port } = running.app.server;
  return {
    url: running.app.url,
    get app() {
      return running.app;
    },
    restart: async (ending) => {
      if (ending === 'crash') running.die();
      await running.app[Symbol.asyncDispose]();
      running = await start(port);
    },
    [Symbol.asyncDispose]: () => running.app[Symbol.asyncDispose](),
  };
}
