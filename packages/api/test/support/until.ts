import { setTimeout as pause } from 'node:timers/promises';

const GLANCE_MS = 5;
/** Longer than any test: whoever waits in vain ends all the same. */
const PATIENCE_MS = 300_000;

/** For what tells nobody when it happens, such as an expiry in Redis. Rejects when it does not come to pass. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`It is not so after ${PATIENCE_MS} ms.`);
    await pause(GLANCE_MS);
  }
}
