import { randomStream } from '@dcs/engine';
import type { RandomStream } from '@dcs/engine';

/** What is killed: the server, its database, or both at once. */
export type Victim = 'server' | 'database' | 'both';

/** When: in the middle of play, of a certain request, of starting up or of shutting down. */
const KILL_MOMENTS = ['play', 'create', 'open', 'start', 'stop'] as const;
export type KillMoment = (typeof KILL_MOMENTS)[number];

export interface Kill {
  readonly moment: KillMoment;
  readonly victim: Victim;
  /** Frames that arrive before it, counted over all players. */
  readonly afterFrames: number;
  /** A frame is sent after a write; so much later the next write is under way, or a part of the start or of the stop. */
  readonly afterMs: number;
}

/** A server takes about so long to start, and to stop when it has something to do. */
const START_MS = 1_500;
const STOP_MS = 60;
const LET_PLAY_FRAMES = 60;
const NEXT_WRITE_MS = 15;

function victimFor(moment: KillMoment, random: RandomStream): Victim {
  // The database of a server that starts or stops comes and goes with it.
  if (moment === 'start' || moment === 'stop') return 'server';
  const luck = random.integer(1, 10);
  if (luck <= 6) return 'server';
  return luck <= 9 ? 'both' : 'database';
}

function longest(moment: KillMoment): number {
  if (moment === 'start') return START_MS;
  return moment === 'stop' ? STOP_MS : NEXT_WRITE_MS;
}

/** `count` kills, most of them in play. The same seed gives the same plan. */
export function planKills(count: number, seed: string): readonly Kill[] {
  const random = randomStream(`kills/${seed}`);
  const moments: readonly KillMoment[] = ['play', 'play', 'play', ...KILL_MOMENTS];
  return Array.from({ length: count }, () => {
    const moment = random.pick(moments) ?? 'play';
    return {
      moment,
      victim: victimFor(moment, random),
      afterFrames: random.integer(1, LET_PLAY_FRAMES),
      afterMs: random.integer(0, longest(moment)),
    };
  });
}

/** One of each kind, in random order, for a run that is short. */
export function planOneOfEach(seed: string): readonly Kill[] {
  const random = randomStream(`kills/${seed}`);
  const plan = (moment: KillMoment, victim: Victim): Kill => ({
    moment,
    victim,
    afterFrames: random.integer(1, LET_PLAY_FRAMES),
    afterMs: random.integer(0, longest(moment)),
  });
  return random.shuffle([
    plan('play', 'server'),
    plan('play', 'both'),
    plan('play', 'database'),
    plan('create', 'server'),
    plan('open', 'server'),
    plan('start', 'server'),
    plan('stop', 'server'),
  ]);
}
