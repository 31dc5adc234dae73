import pino from 'pino';
import { readEnv } from '../../src/env.ts';
import { startServer } from '../../src/server.ts';
import { openMemoryStorage } from '../../src/storage.ts';
import { countedTimers } from './countedTimers.ts';
import type { Measurement, Order } from './measuredProcess.ts';
import { scribeEntry } from './scribe.ts';

/*
 * The program of measuredProcess.ts: a server in memory in a process of its own, run with --expose-gc, which tells what
 * it holds when its parent asks.
 */

/** Ways for garbage to become unreachable: what was closed is let go of in later turns of the event loop. */
const ROUNDS = 4;

const { gc: collect } = globalThis;
if (collect === undefined || process.send === undefined) {
  throw new Error('This runs as a child process with --expose-gc.');
}

const timers = countedTimers();
const server = await startServer({
  // Nobody is given up for lost, and nobody is held back, while it is measured.
  env: readEnv({ PORT: '0', PAUSE_GRACE_SECONDS: '86400', CALLS_PER_SECOND: '1000000' }),
  logger: pino({ level: 'silent' }),
  storage: openMemoryStorage(),
  headless: true,
  processMetrics: false,
  timers,
  moreGames: [scribeEntry],
});

async function breathe(): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) await new Promise((resolve) => setImmediate(resolve));
}

function glance(): Measurement {
  const sockets = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return {
    heapBytes: heapUsed,
    bufferBytes: arrayBuffers,
    readers: server.app.readers,
    sockets,
    timers: { once: timers.once, repeating: timers.repeating },
  };
}

async function measure(): Promise<Measurement> {
  for (let round = 0; round < ROUNDS; round += 1) {
    await breathe();
    collect?.();
  }
  return glance();
}

/** Lets whatever waits for its time happen, until nothing waits any more. */
async function settle(): Promise<void> {
  for (let round = 0; round < 100 && timers.once > 0; round += 1) {
    timers.fireAll();
    await breathe();
  }
}

process.on('message', (order: Order) => {
  void (async () => {
    if (order === 'settle') await settle();
    process.send?.(order === 'glance' ? glance() : await measure());
  })();
});
process.on('disconnect', () => process.exit());
process.send({ url: `http://127.0.0.1:${server.port}` });
