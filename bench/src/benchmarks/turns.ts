import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Benchmark, BenchmarkContext } from '../benchmark.ts';
import { gather } from '../load/crowd.ts';
import { playFor } from '../load/play.ts';
import type { Pace, Played } from '../load/play.ts';
import type { Figure } from '../report/figure.ts';
import type { Measured } from '../report/measures.ts';
import { summariseLatencies } from '../report/statistics.ts';
import { startDcsServer } from '../server/dcsServer.ts';
import type { DcsServer } from '../server/dcsServer.ts';
import { createMeter } from '../server/meter.ts';
import type { CpuUse } from '../server/meter.ts';

const THINK_MS = 1000;

/** So many players, who think for so long. */
interface Situation {
  readonly label: string;
  readonly players: number;
  readonly thinkMs: number;
}

function situationsOf({ options }: BenchmarkContext): readonly Situation[] {
  const eager = options
    .list('players')
    .map((players) => ({ label: `${players} closed-loop`, players, thinkMs: 0 }));
  const thinkers = options
    .list('thinkers')
    .map((players) => ({ label: `${players} thinking 1 s`, players, thinkMs: THINK_MS }));
  return [...eager, ...thinkers].filter(({ players }) => players > 0);
}

export function measuredTurns({ latenciesMs, seconds }: Played, use: CpuUse): Measured {
  const turns = latenciesMs.length;
  return {
    turnsPerSecond: turns / seconds,
    ...summariseLatencies(latenciesMs),
    serverCpuUsPerTurn: use.serverUs / turns,
    ...(use.databaseUs === null ? {} : { databaseCpuUsPerTurn: use.databaseUs / turns }),
    clientCpuUsPerTurn: use.clientUs / turns,
  };
}

interface Round {
  readonly server: DcsServer;
  readonly name: string;
  readonly profileFile: string | null;
}

async function playRound(
  { server, name, profileFile }: Round,
  { players, thinkMs }: Situation,
  pace: Omit<Pace, 'thinkMs'>,
): Promise<Measured> {
  await using crowd = await gather({ url: server.url, count: players, name });
  const meter = createMeter(server, profileFile);
  const played = await playFor(crowd.players, { ...pace, thinkMs }, meter);
  await crowd.audit();
  return measuredTurns(played, meter.use);
}

/** The first turns of a process run code that has not been compiled yet. */
async function warmUp(server: DcsServer): Promise<void> {
  await playRound(
    { server, name: 'warm', profileFile: null },
    { label: '', players: 50, thinkMs: 0 },
    { warmUpMs: 3000, measureMs: 1000 },
  );
}

async function run(context: BenchmarkContext): Promise<readonly Figure[]> {
  const { options, progress } = context;
  const situations = situationsOf(context);
  const rounds = options.number('rounds');
  const pace = { warmUpMs: 1000, measureMs: options.number('seconds') * 1000 };
  const { profileDir } = options;
  if (profileDir !== null) mkdirSync(profileDir, { recursive: true });
  await using server = await startDcsServer();
  progress('warming up');
  await warmUp(server);
  const measured = situations.map((): Measured[] => []);
  for (let round = 1; round <= rounds; round++) {
    for (const [index, situation] of situations.entries()) {
      const { label } = situation;
      const name = `r${round}s${index}`;
      const profileFile =
        profileDir === null
          ? null
          : path.join(profileDir, `turns-${label.replaceAll(' ', '-')}-${round}.cpuprofile`);
      const result = await playRound({ server, name, profileFile }, situation, pace);
      measured[index]?.push(result);
      progress(`round ${round} of ${rounds}, ${label}: ${Math.round(result.turnsPerSecond ?? 0)} turns/s`);
    }
  }
  return situations.map(({ label, players, thinkMs }, index) => ({
    label,
    facts: { players, thinkMs },
    rounds: measured[index] ?? [],
  }));
}

/** Durable turns: the action and the reply are in the log, and the reply has been read by the player. */
export const turns: Benchmark = {
  name: 'turns',
  about: 'durable turns per second, latency and CPU per turn, with an instant model',
  flags: {
    players: { about: 'players who act as soon as they are answered', fallback: '1,10,100,400' },
    thinkers: { about: 'players who think for a second before each turn', fallback: '400' },
    seconds: { about: 'how long each situation is measured in each round', fallback: '5' },
    rounds: { about: 'how often each situation is measured', fallback: '3' },
  },
  run,
};
