import { setTimeout as pause } from 'node:timers/promises';
import type { Benchmark, BenchmarkContext } from '../benchmark.ts';
import { connectAll, countLostEvents, disconnectAll, inviteAttendees } from '../load/attendees.ts';
import { patiently } from '../load/patience.ts';
import type { Figure } from '../report/figure.ts';
import type { Measured } from '../report/measures.ts';
import { summariseLatencies } from '../report/statistics.ts';
import { startDcsServerOn } from '../server/dcsServer.ts';
import type { DcsServer } from '../server/dcsServer.ts';
import { temporaryFolder } from '../server/temporaryFolder.ts';
import { measureInRounds } from './rounds.ts';
import type { Situation } from './rounds.ts';

interface Crash {
  readonly sessions: number;
  readonly playMs: number;
  readonly kill: (server: DcsServer) => Promise<void>;
}

async function assertHealthy(url: string): Promise<void> {
  const { ok, status } = await fetch(`${url}/healthz`);
  if (!ok) throw new Error(`The server was started and is not healthy: ${status}.`);
}

/** Everyone plays, the processes are killed, and everyone goes on after the start with the command that was cut off. */
async function measureCrash({ sessions, playMs, kill }: Crash): Promise<Measured> {
  await using folder = await temporaryFolder();
  await using first = await startDcsServerOn(folder.path);
  const attendees = await inviteAttendees(first.url, sessions);
  await connectAll(attendees, first.url);
  const playing = Promise.all(attendees.map((attendee) => attendee.playUntilCut()));
  await pause(playMs);
  await kill(first);
  await patiently('everyone notices', playing);

  const startedAt = performance.now();
  await using second = await startDcsServerOn(folder.path);
  await assertHealthy(second.url);
  const healthyMs = performance.now() - startedAt;
  const playableMs: number[] = [];
  let failedAttempts = 0;
  const returning = attendees.map(async (attendee) => {
    failedAttempts += await attendee.comeBack(second.url);
    playableMs.push(performance.now() - startedAt);
  });
  await patiently('everyone goes on', Promise.all(returning));
  const lostEvents = await countLostEvents(attendees);
  await disconnectAll(attendees);
  const { maxMs, ...waits } = summariseLatencies(playableMs);
  return { healthyMs, allPlayableMs: maxMs, ...waits, failedAttempts, lostEvents };
}

function crashes({ options }: BenchmarkContext): readonly Situation<null>[] {
  const playMs = options.number('seconds') * 1000;
  const victims = [
    ['server killed', (server: DcsServer) => server.kill()],
    ['server and database killed', (server: DcsServer) => server.killAll()],
  ] as const;
  return options.list('sessions').flatMap((sessions) =>
    victims.map(([label, kill]) => ({
      rows: [{ label: `${sessions} sessions, ${label}`, facts: { sessions } }],
      measure: async () => [await measureCrash({ sessions, playMs, kill })],
    })),
  );
}

async function run(context: BenchmarkContext): Promise<readonly Figure[]> {
  return measureInRounds(context, crashes(context), null);
}

/** From the start of the new process, after a SIGKILL in the middle of play. */
export const recovery: Benchmark = {
  name: 'recovery',
  about:
    'from the start after kill -9 in the middle of play until every session goes on where it was cut off',
  flags: {
    sessions: {
      about: 'sessions being played when the processes are killed',
      fallback: '1000',
      several: true,
    },
    seconds: { about: 'how long they are played before', fallback: '3' },
    rounds: { about: 'how often each situation is measured', fallback: '3' },
  },
  profiles: false,
  run,
};
