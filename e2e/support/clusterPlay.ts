import { setTimeout as pause } from 'node:timers/promises';
import { randomStream } from '@dcs/engine';
import type { ClusterProcesses } from './clusterProcesses.ts';
import { createCrashBot } from './crashBot.ts';
import type { CrashBot } from './crashBot.ts';
import { createPulse } from './pulse.ts';

/** What happens to the servers: one is killed, one loses Redis, or all do. */
export const BLOWS = ['node', 'line', 'redis'] as const;
export type Blow = (typeof BLOWS)[number];

export interface PlannedBlow {
  readonly blow: Blow;
  /** Which of the servers it hits. */
  readonly node: number;
  /** Frames that arrive before it, counted over all players. */
  readonly afterFrames: number;
  readonly afterMs: number;
}

const LET_PLAY_FRAMES = 60;
const NEXT_WRITE_MS = 15;

/** `count` blows, every kind in turn and in random places. The same seed gives the same plan. */
export function planBlows(count: number, nodes: number, seed: string): readonly PlannedBlow[] {
  const random = randomStream(`blows/${seed}`);
  return Array.from({ length: count }, (_none, index) => ({
    blow: BLOWS[index % BLOWS.length] ?? 'node',
    node: random.integer(0, nodes - 1),
    afterFrames: random.integer(1, LET_PLAY_FRAMES),
    afterMs: random.integer(0, NEXT_WRITE_MS),
  }));
}

export interface ClusterPlayOptions {
  readonly cluster: ClusterProcesses;
  /** One after the other. */
  readonly blows: readonly PlannedBlow[];
  readonly bots: number;
  readonly tables: number;
  readonly seed: string;
  readonly report: (line: string) => void;
}

export interface ClusterPlayResult {
  readonly turns: number;
  readonly sessions: number;
  readonly events: number;
  /** The longest time in which not every table got on, in milliseconds. */
  readonly longestPauseMs: number;
}

/** Strikes. The result mends what was struck, and resolves when it is well again. */
async function strike(
  { nodes, redis }: ClusterProcesses,
  { blow, node }: PlannedBlow,
): Promise<() => Promise<void>> {
  const struck = nodes[node];
  if (struck === undefined) throw new Error(`There is no server ${node}.`);
  switch (blow) {
    case 'node':
      await struck.server.kill();
      return () => struck.server.start();
    case 'line':
      struck.line.cut();
      return async () => struck.line.mend();
    case 'redis':
      await redis.kill();
      await redis.start();
      return async () => undefined;
    default: {
      const unreachable: never = blow;
      return unreachable;
    }
  }
}

function countsOf(bots: readonly CrashBot[]): Omit<ClusterPlayResult, 'longestPauseMs'> {
  const sessions = bots.flatMap((bot) => bot.sessions);
  return {
    turns: bots.flatMap((bot) => bot.turns).reduce((sum, turns) => sum + turns, 0),
    sessions: sessions.length,
    events: sessions.reduce((sum, { eventCount }) => sum + eventCount, 0),
  };
}

/**
 * Bots play Explore at several servers while these are killed and cut off from Redis. Every table must get on while what
 * was struck is still down; then every event that any client has received is compared with the log, and commands are
 * repeated. Throws on the first difference.
 */
export async function playThroughBlows(options: ClusterPlayOptions): Promise<ClusterPlayResult> {
  const { cluster, blows, tables, seed, report } = options;
  const pulse = createPulse();
  const names = Array.from({ length: options.bots }, (_none, index) => `bot${index + 1}`);
  const bots = await Promise.all(
    names.map((name) => createCrashBot({ url: cluster.url, name, tables, seed }, pulse)),
  );
  let longestPauseMs = 0;

  async function everyoneGoesOn(): Promise<number> {
    const since = performance.now();
    const turns = (): readonly number[] => bots.flatMap((bot) => bot.turns);
    const before = turns();
    await pulse.until(() => turns().every((count, index) => count > (before[index] ?? 0)));
    return Math.round(performance.now() - since);
  }

  try {
    const playing = Promise.all(bots.map((bot) => bot.play()));
    playing.catch((error: unknown) => pulse.fail(error));
    for (const [index, planned] of blows.entries()) {
      const target = pulse.count + planned.afterFrames;
      await pulse.until(() => pulse.count >= target);
      await pause(planned.afterMs);
      const mend = await strike(cluster, planned);
      const pauseMs = await everyoneGoesOn();
      longestPauseMs = Math.max(longestPauseMs, pauseMs);
      await mend();
      await everyoneGoesOn();
      await Promise.all(bots.map((bot) => bot.audit()));
      const { turns, sessions, events } = countsOf(bots);
      const sum = `everyone went on after ${pauseMs} ms; ${turns} turns in ${sessions} sessions, ${events} events seen`;
      report(`blow ${index + 1} of ${blows.length} (${planned.blow}): ${sum}`);
    }
    for (const bot of bots) bot.stop();
    await playing;
    await Promise.all(bots.map((bot) => bot.auditAll()));
    return { ...countsOf(bots), longestPauseMs };
  } finally {
    for (const bot of bots) bot.close();
  }
}
