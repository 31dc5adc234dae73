import type { Benchmark, BenchmarkContext } from '../benchmark.ts';
import { audit } from '../load/audit.ts';
import { gather } from '../load/crowd.ts';
import { inParallel } from '../load/inParallel.ts';
import { openLine } from '../load/line.ts';
import type { Line } from '../load/line.ts';
import { patiently } from '../load/patience.ts';
import type { Player } from '../load/player.ts';
import { createSessionReader } from '../load/sessionReader.ts';
import type { SessionReader } from '../load/sessionReader.ts';
import { createSharedParser } from '../load/sharedParser.ts';
import type { Figure } from '../report/figure.ts';
import type { Measured } from '../report/measures.ts';
import { summariseLatencies } from '../report/statistics.ts';
import { startDcsServer } from '../server/dcsServer.ts';
import type { DcsServer } from '../server/dcsServer.ts';
import { createMeter } from '../server/meter.ts';
import { measureInRounds } from './rounds.ts';
import type { Situation } from './rounds.ts';
import { profileFileFor, warmUp } from './turnRound.ts';

/** People who watch one session, each over a connection of their own. */
interface Audience extends AsyncDisposable {
  readonly viewers: readonly { readonly line: Line; readonly reader: SessionReader }[];
  /** Resolves when every viewer has received the event `seq`. */
  everyoneHas(seq: number): Promise<void>;
}

const AT_ONCE = 32;
const WARM_UP_TURNS = 10;
/** How many viewers keep what they receive, to be compared with the log. */
const SAMPLE = 10;

async function seatAudience(server: DcsServer, sessionId: string, count: number): Promise<Audience> {
  const parse = createSharedParser();
  let fault: Error | null = null;
  const onFault = (found: Error): void => void (fault ??= found);
  const viewers = await inParallel({ count, width: AT_ONCE }, async (index) => {
    const line = await openLine(server.url, server.adminKey, parse);
    const reader = createSessionReader({ sessionId, keep: index < SAMPLE, onFault });
    await reader.follow(line).started;
    return { line, reader };
  });
  return {
    viewers,
    everyoneHas: async (seq) => {
      await Promise.all(
        viewers.map(({ reader }) => new Promise<void>((resolve) => reader.reached(seq, resolve))),
      );
      if (fault !== null) throw fault;
    },
    [Symbol.asyncDispose]: async () => {
      for (const { line } of viewers) line.close();
      await Promise.all(viewers.map(({ line }) => line.closed));
    },
  };
}

/** Plays in step with the audience: the next turn begins when the last viewer has read this one. */
async function playBefore(player: Player, audience: Audience, turns: number): Promise<readonly number[]> {
  const latenciesMs: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const startedAt = performance.now();
    await player.turn();
    await patiently('every viewer reads the turn', audience.everyoneHas(player.lastSeq));
    latenciesMs.push(performance.now() - startedAt);
  }
  return latenciesMs;
}

const framesOf = ({ viewers }: Audience): number =>
  viewers.reduce((sum, { reader }) => sum + reader.frames, 0);

interface FanoutRound {
  readonly name: string;
  readonly viewers: number;
  readonly turns: number;
  readonly profileFile: string | null;
}

async function measureFanout(server: DcsServer, round: FanoutRound): Promise<Measured> {
  const { name, viewers, turns, profileFile } = round;
  await using crowd = await gather({ url: server.url, count: 1, name });
  const [player] = crowd.players;
  if (player === undefined) throw new Error('Nobody sat down.');
  await using audience = await seatAudience(server, player.sessionId, viewers);
  await playBefore(player, audience, WARM_UP_TURNS);
  const meter = createMeter(server, profileFile);
  await meter.begin();
  const [startedAt, framesBefore, seqBefore] = [performance.now(), framesOf(audience), player.lastSeq];
  const latenciesMs = await playBefore(player, audience, turns);
  const seconds = (performance.now() - startedAt) / 1000;
  const frames = framesOf(audience) - framesBefore;
  await meter.end();
  await crowd.audit();
  await Promise.all(audience.viewers.slice(0, SAMPLE).map(({ line, reader }) => audit(line, reader)));
  await crowd.finish();
  return {
    deliveriesPerSecond: frames / seconds,
    eventsPerSecond: ((player.lastSeq - seqBefore) * viewers) / seconds,
    ...summariseLatencies(latenciesMs),
    serverCpuUsPerDelivery: meter.use.serverUs / frames,
    clientCpuUsPerDelivery: meter.use.clientUs / frames,
  };
}

function audiences({ options }: BenchmarkContext): readonly Situation<DcsServer>[] {
  const turns = options.number('turns');
  return options.list('viewers').map((viewers) => ({
    rows: [{ label: `${viewers} ${viewers === 1 ? 'viewer' : 'viewers'}`, facts: { viewers } }],
    measure: async (server, name) => {
      const profileFile = profileFileFor(options.profileDir, `fanout ${viewers} ${name}`);
      return [await measureFanout(server, { name, viewers, turns, profileFile })];
    },
  }));
}

async function run(context: BenchmarkContext): Promise<readonly Figure[]> {
  await using server = await startDcsServer();
  context.progress('warming up');
  await warmUp(server);
  // Awaited here: the server lives no longer than this function.
  return await measureInRounds(context, audiences(context), server);
}

/** Frames of one session that is being played, to everyone who watches it. */
export const fanout: Benchmark = {
  name: 'fanout',
  about: 'frames delivered to the viewers of one session, and how soon the last one has the reply',
  flags: {
    viewers: { about: 'viewers of the session', fallback: '1,10,100,500', several: true },
    turns: { about: 'turns played before them in each round, at most 480', fallback: '150' },
    rounds: { about: 'how often each situation is measured', fallback: '3' },
  },
  profiles: true,
  run,
};
