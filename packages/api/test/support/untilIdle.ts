import type { TestApp } from './testApp.ts';

const PATIENCE_MS = 20_000;

/** Until nobody follows a session any more. Rejects when somebody still does long after everyone has gone. */
export async function untilIdle({ server }: Pick<TestApp, 'server'>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (server.app.readers > 0) {
    if (performance.now() > deadline) throw new Error(`${server.app.readers} readers were left behind.`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
