import { stepsOf } from '@dcs/engine';
import type { Benchmark, BenchmarkContext } from '../benchmark.ts';
import type { Figure } from '../report/figure.ts';
import type { Measured } from '../report/measures.ts';
import { temporaryFolder } from '../server/temporaryFolder.ts';
import { openRecordings, recordSessions } from './recordedSessions.ts';
import type { RecordedSession, Recordings } from './recordedSessions.ts';
import { measureInRounds } from './rounds.ts';
import type { Situation } from './rounds.ts';

function foldOnce({ fold, events }: RecordedSession): number {
  let lastSeq = 0;
  for (const { state } of stepsOf(fold, events)) lastSeq = state.lastSeq;
  if (lastSeq !== events.length) throw new Error(`${events.length} events were folded to number ${lastSeq}.`);
  return lastSeq;
}

/** Goes through all sessions again and again until the time is over. */
async function repeatedly(
  { sessions }: Recordings,
  measureMs: number,
  one: (session: RecordedSession) => number | Promise<number>,
): Promise<Measured> {
  let events = 0;
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  while (performance.now() - startedAt < measureMs) {
    for (const session of sessions) events += await one(session);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { eventsPerSecond: events / seconds, cpuUsPerEvent: (user + system) / events };
}

function ways({ options }: BenchmarkContext): readonly Situation<Recordings>[] {
  const facts = { sessions: options.number('sessions'), turns: options.number('turns') };
  const measureMs = options.number('seconds') * 1000;
  return [
    {
      rows: [{ label: 'engine alone', facts }],
      measure: async (recordings) => [await repeatedly(recordings, measureMs, foldOnce)],
    },
    {
      rows: [{ label: 'read from the store', facts }],
      measure: async (recordings) => [
        await repeatedly(recordings, measureMs, (session) => session.readAndFold()),
      ],
    },
  ];
}

async function run(context: BenchmarkContext): Promise<readonly Figure[]> {
  const { options, progress } = context;
  const size = { sessions: options.number('sessions'), turns: options.number('turns') };
  await using folder = await temporaryFolder();
  progress(`${size.sessions} sessions of ${size.turns} turns are played`);
  const sessionIds = await recordSessions(folder.path, size);
  await using recordings = await openRecordings(folder.path, sessionIds);
  return await measureInRounds(context, ways(context), recordings);
}

/** State after state from the log of sessions that were really played. */
export const replay: Benchmark = {
  name: 'replay',
  about: 'events per second that are folded into states, from memory and from the store',
  flags: {
    sessions: { about: 'sessions that are played first', fallback: '20' },
    turns: { about: 'turns of each, at most 480', fallback: '400' },
    seconds: { about: 'how long each way is measured in each round', fallback: '3' },
    rounds: { about: 'how often each way is measured', fallback: '3' },
  },
  profiles: false,
  run,
};
