import { setTimeout as pause } from 'node:timers/promises';
import type { Benchmark, BenchmarkContext } from '../benchmark.ts';
import type { Attendee } from '../load/attendee.ts';
import { connectAll, countLostEvents, disconnectAll, inviteAttendees } from '../load/attendees.ts';
import { patiently } from '../load/patience.ts';
import type { Figure } from '../report/figure.ts';
import type { Measured } from '../report/measures.ts';
import { summariseLatencies } from '../report/statistics.ts';
import { startDcsServer } from '../server/dcsServer.ts';
import type { DcsServer } from '../server/dcsServer.ts';
import { createMeter } from '../server/meter.ts';
import { measureInRounds } from './rounds.ts';
import type { Situation } from './rounds.ts';

interface Storm {
  readonly server: DcsServer;
  readonly attendees: readonly Attendee[];
}

/** Everyone sends a command, loses the line before the answer, and comes back within `spreadMs`. */
async function measureStorm({ server, attendees }: Storm, spreadMs: number): Promise<Measured> {
  const meter = createMeter(server, null);
  const waitsMs: number[] = [];
  let failedAttempts = 0;
  await meter.begin();
  for (const attendee of attendees) attendee.sendOff();
  // The commands leave; their answers do not arrive any more.
  await new Promise((resolve) => setImmediate(resolve));
  const cutAt = performance.now();
  for (const attendee of attendees) attendee.cut();
  const returning = attendees.map(async (attendee) => {
    if (spreadMs > 0) await pause(Math.random() * spreadMs);
    failedAttempts += await attendee.comeBack(server.url);
    waitsMs.push(performance.now() - cutAt);
  });
  await patiently('everyone comes back', Promise.all(returning), spreadMs);
  await meter.end();
  const { maxMs, ...waits } = summariseLatencies(waitsMs);
  return {
    allBackMs: maxMs,
    ...waits,
    failedAttempts,
    lostEvents: await countLostEvents(attendees),
    serverCpuUsPerReconnect: meter.use.serverUs / attendees.length,
  };
}

function storms({ options }: BenchmarkContext): readonly Situation<Storm>[] {
  return options.list('spread').map((spreadMs) => ({
    rows: [
      {
        label: spreadMs === 0 ? 'all at once' : `within ${spreadMs} ms`,
        facts: { clients: options.number('clients'), spreadMs },
      },
    ],
    measure: async (storm) => [await measureStorm(storm, spreadMs)],
  }));
}

async function run(context: BenchmarkContext): Promise<readonly Figure[]> {
  await using server = await startDcsServer();
  const attendees = await inviteAttendees(server.url, context.options.number('clients'));
  try {
    await connectAll(attendees, server.url);
    context.progress('everyone is connected');
    return await measureInRounds(context, storms(context), { server, attendees });
  } finally {
    await disconnectAll(attendees);
  }
}

/** The worst moment of a network: everyone is gone at once, with a command on its way, and wants back. */
export const reconnect: Benchmark = {
  name: 'reconnect',
  about:
    'a storm of clients who lost their connections in the middle of a command and come back for the rest',
  flags: {
    clients: { about: 'clients who lose their connections', fallback: '2000' },
    spread: {
      about: 'milliseconds over which they come back; our client spreads by itself',
      fallback: '0,1000',
      several: true,
      least: 0,
    },
    rounds: { about: 'how often each situation is measured', fallback: '3' },
  },
  profiles: false,
  run,
};
