import { setTimeout as pause } from 'node:timers/promises';
import type { Benchmark, BenchmarkContext } from '../benchmark.ts';
import { connectAll, disconnectAll, inviteAttendees } from '../load/attendees.ts';
import type { Figure } from '../report/figure.ts';
import type { Measured } from '../report/measures.ts';
import { startDcsServer } from '../server/dcsServer.ts';
import type { DcsServer } from '../server/dcsServer.ts';
import { createMeter } from '../server/meter.ts';
import { measureInRounds } from './rounds.ts';
import type { Situation } from './rounds.ts';
import { profileFileFor } from './turnRound.ts';

/** Sessions must not be paused in the middle because nobody is connected yet. */
const PATIENT = { PAUSE_GRACE_SECONDS: '86400' };
/** Whoever has just come or gone still causes a little work. */
const SETTLE_MS = 3000;
const KB = 1024;
const MB = 1024 * KB;

/** CPU while nobody does anything, in percent of a core. Long enough, it covers the pings of every connection. */
async function measureRest(server: DcsServer, restMs: number): Promise<Measured> {
  const meter = createMeter(server, null);
  await meter.begin();
  const startedAt = performance.now();
  await pause(restMs);
  await meter.end();
  const percent = 100 / ((performance.now() - startedAt) * 1000);
  const { serverUs, databaseUs } = meter.use;
  return {
    serverCpuPercent: serverUs * percent,
    ...(databaseUs === null ? {} : { databaseCpuPercent: databaseUs * percent }),
  };
}

interface IdleRound {
  readonly connections: number;
  readonly restMs: number;
  /** Of the part in which everyone connects. */
  readonly profileFile: string | null;
}

async function measureIdle({ connections, restMs, profileFile }: IdleRound): Promise<Measured> {
  // A server of its own each time: memory that was used once is not always given back.
  await using server = await startDcsServer({ env: PATIENT });
  const empty = server.usage().rssBytes;
  const attendees = await inviteAttendees(server.url, connections);
  await pause(SETTLE_MS);
  const before = await server.memory();
  const meter = createMeter(server, profileFile);
  await meter.begin();
  const startedAt = performance.now();
  await connectAll(attendees, server.url);
  const seconds = (performance.now() - startedAt) / 1000;
  await meter.end();
  await pause(SETTLE_MS);
  // As the system sees it, and before anything is collected for our sake.
  const { rssBytes } = server.usage();
  const connected = await server.memory();
  const rest = await measureRest(server, restMs);
  await disconnectAll(attendees);
  await pause(SETTLE_MS);
  const after = await server.memory();
  return {
    connectsPerSecond: connections / seconds,
    serverCpuUsPerConnect: meter.use.serverUs / connections,
    rssKbPerConnection: (rssBytes - empty) / connections / KB,
    heapKbPerConnection: (connected.heapBytes - before.heapBytes) / connections / KB,
    serverRssMb: rssBytes / MB,
    serverRssMbAfterClose: after.rssBytes / MB,
    heapKbLeftPerConnection: (after.heapBytes - before.heapBytes) / connections / KB,
    ...rest,
  };
}

async function run(context: BenchmarkContext): Promise<readonly Figure[]> {
  const restMs = context.options.number('seconds') * 1000;
  const situations = context.options.list('connections').map((connections): Situation<null> => ({
    rows: [{ label: `${connections.toLocaleString('en-US')} connections`, facts: { connections } }],
    measure: async (_, name) => {
      const profileFile = profileFileFor(context.options.profileDir, `idle ${connections} ${name}`);
      return [await measureIdle({ connections, restMs, profileFile })];
    },
  }));
  return measureInRounds(context, situations, null);
}

/** Everyone has a session of their own, has subscribed to it and does nothing. */
export const idle: Benchmark = {
  name: 'idle',
  about: 'what idle connections cost, each subscribed to a session of its own, and whether it is given back',
  flags: {
    connections: {
      about: 'connections at once; 10000 need as many open files',
      fallback: '1000,5000,10000',
      several: true,
    },
    seconds: { about: 'how long nobody does anything', fallback: '25' },
    rounds: { about: 'how often each situation is measured', fallback: '3' },
  },
  profiles: true,
  run,
};
