import type { Benchmark, BenchmarkContext } from '../benchmark.ts';
import { gather } from '../load/crowd.ts';
import type { GameConfig } from '../load/longestGame.ts';
import { playFor } from '../load/play.ts';
import type { SeenFrame } from '../load/sessionReader.ts';
import type { Figure } from '../report/figure.ts';
import type { Measured } from '../report/measures.ts';
import { quantile, summariseLatencies } from '../report/statistics.ts';
import { createMeter } from '../server/meter.ts';
import { startDcsServerBehind } from '../server/modelServers.ts';
import { msSinceStamp } from '../stamps.ts';
import type { StampName } from '../stamps.ts';
import { measureInRounds } from './rounds.ts';
import type { Situation } from './rounds.ts';
import { measuredTurns, profileFileFor } from './turnRound.ts';

/** Everything on the way to a provider is compiled only after hundreds of calls. */
const WARM_UP_MS = 5_000;
const LONG = { maxTurns: 500, maxPlaytimeSeconds: 3600 };

/** A writer who begins after all judges of the action, so that nothing but us stands between it and the player. */
const WATCHED_PACE = { firstMs: 60, firstSpreadMs: 80, pieceMs: 15, verdictMs: 15, pieces: 6 };
/** The reply is an event as soon as it is written: judges would come between. */
const WATCHED_GAME: GameConfig = { ...LONG, judgesReplies: false };

/** How long each stamp was on its way, for as long as it is wanted. */
function createStampWatch() {
  const delaysMs: Record<StampName, number[]> = { first: [], last: [] };
  let isWanted = false;
  const note = (name: StampName, text: string): void => {
    const ms = msSinceStamp(text, name);
    if (isWanted && ms !== null) delaysMs[name].push(ms);
  };
  return {
    delaysMs,
    /** For one player: a text that grows carries its first stamp in every draft, and is new only in the first of them. */
    forPlayer: () => {
      let known = '';
      return ({ type, text = '', events = [] }: SeenFrame): void => {
        if (type === 'draft') {
          const [opening = ''] = text.split(')', 1);
          if (opening !== known) note('first', text);
          known = opening;
        }
        for (const { content } of events) note('last', content);
      };
    },
    begin: (): void => void (isWanted = true),
    end: (): void => void (isWanted = false),
  };
}

async function measureFirstBytes(players: number, seconds: number): Promise<readonly Measured[]> {
  await using server = await startDcsServerBehind(WATCHED_PACE);
  const watch = createStampWatch();
  await using crowd = await gather({
    url: server.url,
    count: players,
    name: 'watch',
    config: WATCHED_GAME,
    watcher: watch.forPlayer,
  });
  const pace = { thinkMs: 0, warmUpMs: WARM_UP_MS, measureMs: seconds * 1000 };
  await playFor(crowd.players, pace, watch);
  await crowd.finish();
  return [summariseLatencies(watch.delaysMs.first), summariseLatencies(watch.delaysMs.last)];
}

function firstBytes({ options }: BenchmarkContext): readonly Situation<null>[] {
  return options
    .list('watchers')
    .filter((players) => players > 0)
    .map((players) => ({
      rows: [
        { label: `${players} playing: first byte to draft`, facts: { players, stamp: 'first' } },
        { label: `${players} playing: last byte to event`, facts: { players, stamp: 'last' } },
      ],
      measure: () => measureFirstBytes(players, options.number('seconds')),
    }));
}

/** Round trips that follow on each other in an accepted turn: the writer beside its judges, then the judges of the reply. */
const ROUND_TRIPS = 2;

function concurrentSessions({ options }: BenchmarkContext): readonly Situation<null>[] {
  const sessions = options.number('sessions');
  const callMs = options.number('call');
  const modelMs = ROUND_TRIPS * callMs;
  return options.list('think').map((thinkMs) => {
    const label = `${sessions} ${thinkMs === 0 ? 'in closed loop' : `thinking ${thinkMs} ms`}, ${callMs} ms a call`;
    const pace = { thinkMs, warmUpMs: WARM_UP_MS + thinkMs, measureMs: options.number('seconds') * 1000 };
    return {
      rows: [{ label, facts: { players: sessions, thinkMs, callMs, modelMs } }],
      measure: async (_, name) => {
        const profileFile = profileFileFor(options.profileDir, `models ${label} ${name}`);
        await using server = await startDcsServerBehind({
          firstMs: callMs,
          firstSpreadMs: 0,
          pieceMs: 0,
          verdictMs: callMs,
          pieces: 1,
        });
        await using crowd = await gather({ url: server.url, count: sessions, name, config: LONG });
        const meter = createMeter(server, profileFile);
        const played = await playFor(crowd.players, pace, meter);
        await crowd.audit();
        await crowd.finish();
        const p99PerModelTime = quantile(played.latenciesMs, 0.99) / modelMs;
        return [{ ...measuredTurns(played, meter.use), p99PerModelTime }];
      },
    };
  });
}

async function run(context: BenchmarkContext): Promise<readonly Figure[]> {
  return measureInRounds(context, [...firstBytes(context), ...concurrentSessions(context)], null);
}

/** What is ours in the time of a model's turn: the adapters, the judges' schedule, the log and the stream. */
export const models: Benchmark = {
  name: 'models',
  about:
    'what we add to what models take, with a provider that speaks the OpenAI protocol in a process of its own',
  flags: {
    watchers: {
      about: 'players whose texts are followed from the provider to the socket; 0 for none',
      fallback: '1,20',
      several: true,
      least: 0,
    },
    sessions: { about: 'sessions that are played side by side', fallback: '200' },
    call: { about: 'milliseconds that the provider takes for each call of theirs', fallback: '300' },
    think: {
      about: 'milliseconds that their players think before each turn; 0 for not at all',
      fallback: '0,5000',
      several: true,
      least: 0,
    },
    seconds: { about: 'how long each situation is measured in each round', fallback: '15' },
    rounds: { about: 'how often each situation is measured', fallback: '3' },
  },
  profiles: true,
  run,
};
