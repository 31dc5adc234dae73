import { setTimeout as pause } from 'node:timers/promises';

/** Longer than anything that goes well takes, on a machine that is busy with other things. */
const PATIENCE_MS = 60_000;

/** The result of `work`, or an error that says what did not happen: a benchmark that stands still must not look busy. */
export async function patiently<T>(what: string, work: Promise<T>, beyondMs = 0): Promise<T> {
  const settled = new AbortController();
  const late = pause(PATIENCE_MS + beyondMs, undefined, { signal: settled.signal }).then(() => {
    throw new Error(`Nothing came of this in time: ${what}.`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    settled.abort();
  }
}
