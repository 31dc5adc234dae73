import { setTimeout as pause } from 'node:timers/promises';
import { randomStream } from '@dcs/engine';
import { inWords, seatBots } from './botCrowd.ts';
import type { BotCrowdOptions, PlayCounts } from './botCrowd.ts';
import type { ClusterProcesses } from './clusterProcesses.ts';

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

export interface ClusterPlayOptions extends Omit<BotCrowdOptions, 'url'> {
  readonly cluster: ClusterProcesses;
  /** One after the other. */
  readonly blows: readonly PlannedBlow[];
  readonly report: (line: string) => void;
}

export interface ClusterPlayResult extends PlayCounts {
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

/**
 * Bots play at several servers while these are killed and cut off from Redis. Every table must get on while what was
 * struck is still down; then every event that any client has received is compared with the log, and commands are
 * repeated. Throws on the first difference.
 */
export async function playThroughBlows({
  cluster,
  blows,
  report,
  ...options
}: ClusterPlayOptions): Promise<ClusterPlayResult> {
  using crowd = await seatBots({ ...options, url: cluster.url });
  let longestPauseMs = 0;
  for (const [index, planned] of blows.entries()) {
    await crowd.frames(planned.afterFrames);
    await pause(planned.afterMs);
    const mend = await strike(cluster, planned);
    const since = performance.now();
    await crowd.everyoneGoesOn();
    const pauseMs = Math.round(performance.now() - since);
    longestPauseMs = Math.max(longestPauseMs, pauseMs);
    await mend();
    await crowd.everyoneGoesOn();
    await crowd.audit();
    const sum = `everyone went on after ${pauseMs} ms; ${inWords(crowd.counts())}`;
    report(`blow ${index + 1} of ${blows.length} (${planned.blow}): ${sum}`);
  }
  await crowd.stop();
  await crowd.auditAll();
  return { ...crowd.counts(), longestPauseMs };
}
