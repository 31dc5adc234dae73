import type { Benchmark, BenchmarkContext } from '../benchmark.ts';
import type { Figure } from '../report/figure.ts';
import { startDcsServer } from '../server/dcsServer.ts';
import type { DcsServer } from '../server/dcsServer.ts';
import { besideIdlers, earlyAndLate } from './flatness.ts';
import { measureInRounds } from './rounds.ts';
import type { Situation } from './rounds.ts';
import { playRound, profileFileFor, warmUp } from './turnRound.ts';

const THINK_MS = 1000;
const WARM_UP_MS = 1000;
/** Who plays when the question is not how many play. */
const USUAL_PLAYERS = 100;

function crowds({ options }: BenchmarkContext): readonly Situation<DcsServer>[] {
  const eager = options.list('players').map((players) => ({ players, thinkMs: 0 }));
  const thinkers = options.list('thinkers').map((players) => ({ players, thinkMs: THINK_MS }));
  return [...eager, ...thinkers]
    .filter(({ players }) => players > 0)
    .map(({ players, thinkMs }) => {
      const label = `${players} ${thinkMs === 0 ? 'in closed loop' : 'thinking 1 s'}`;
      const pace = { thinkMs, warmUpMs: WARM_UP_MS, measureMs: options.number('seconds') * 1000 };
      return {
        rows: [{ label, facts: { players, thinkMs } }],
        measure: async (server, name) => {
          const profileFile = profileFileFor(options.profileDir, `turns ${label} ${name}`);
          return [await playRound({ server, name, players, pace, profileFile })];
        },
      };
    });
}

function lengths({ options }: BenchmarkContext): readonly Situation<DcsServer>[] {
  const players = USUAL_PLAYERS;
  return options
    .list('length')
    .filter((turn) => turn > 0)
    .map((turn) => ({
      rows: [
        { label: `${players}, from turn 4`, facts: { players, turn: 4 } },
        { label: `${players}, from turn ${turn}`, facts: { players, turn } },
      ],
      measure: async (server, name) => {
        const { early, late } = await earlyAndLate({ server, name, players }, turn);
        return [early, late];
      },
    }));
}

/** On a server of its own: what earlier crowds left behind is still being archived, and must not count as the cost of idling. */
function idlers({ options }: BenchmarkContext): readonly Situation<DcsServer>[] {
  const players = USUAL_PLAYERS;
  const measureMs = options.number('seconds') * 1000;
  const pace = { thinkMs: 0, warmUpMs: WARM_UP_MS, measureMs };
  return options
    .list('idle')
    .filter((idlers) => idlers > 0)
    .map((idlers) => ({
      rows: [
        { label: `${idlers} idle sessions`, facts: { idleSessions: idlers } },
        { label: `${players} beside ${idlers} idle`, facts: { players, thinkMs: 0, idleSessions: idlers } },
      ],
      measure: async (_, name) => {
        await using server = await startDcsServer();
        await warmUp(server);
        const round = { server, name, players, pace, profileFile: null, idlers, idleMs: 2 * measureMs };
        const { idle, beside } = await besideIdlers(round);
        return [idle, beside];
      },
    }));
}

async function run(context: BenchmarkContext): Promise<readonly Figure[]> {
  const situations = [...crowds(context), ...lengths(context), ...idlers(context)];
  await using server = await startDcsServer();
  context.progress('warming up');
  await warmUp(server);
  // Awaited here: the server lives no longer than this function.
  return await measureInRounds(context, situations, server);
}

/** Durable turns: the action and the reply are in the log, and the reply has been read by the player. */
export const turns: Benchmark = {
  name: 'turns',
  about: 'durable turns per second, latency and CPU per turn, with an instant model',
  flags: {
    players: {
      about: 'players who act as soon as they are answered; 0 for none',
      fallback: '1,10,100,400',
      several: true,
      least: 0,
    },
    thinkers: {
      about: 'players who think for a second before each turn; 0 for none',
      fallback: '400',
      several: true,
      least: 0,
    },
    length: {
      about: 'turn to compare with turn 4, at most 480; 0 for none',
      fallback: '400',
      several: true,
      least: 0,
    },
    idle: {
      about: 'idle live sessions to play beside; 0 for none',
      fallback: '5000',
      several: true,
      least: 0,
    },
    seconds: { about: 'how long each situation is measured in each round', fallback: '5' },
    rounds: { about: 'how often each situation is measured', fallback: '3' },
  },
  profiles: true,
  run,
};
