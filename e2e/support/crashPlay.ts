import { setTimeout as pause } from 'node:timers/promises';
import { randomStream } from '@dcs/engine';
import { createCrashBot } from './crashBot.ts';
import type { CrashBot } from './crashBot.ts';
import { createPulse } from './pulse.ts';
import type { Pulse } from './pulse.ts';
import type { ServerProcess } from './serverProcess.ts';

/** What is killed: the server, its database, or both at once. */
export const VICTIMS = ['server', 'database', 'both'] as const;
export type Victim = (typeof VICTIMS)[number];

export interface CrashPlayOptions {
  readonly server: ServerProcess;
  /** One after the other. */
  readonly kills: readonly Victim[];
  readonly bots: number;
  /** The same seed kills after the same number of frames. */
  readonly seed: string;
  readonly report: (line: string) => void;
}

export interface CrashPlayResult {
  readonly turns: number;
  readonly sessions: number;
  readonly events: number;
}

function kill(server: ServerProcess, victim: Victim): Promise<void> {
  switch (victim) {
    case 'server':
      return server.kill();
    case 'database':
      return server.killDatabase();
    case 'both':
      return server.killAll();
    default: {
      const unreachable: never = victim;
      return unreachable;
    }
  }
}

/** The session goes on: everyone completes a turn that was begun after now, or the one that was cut short. */
async function everyoneGoesOn(bots: readonly CrashBot[], pulse: Pulse): Promise<void> {
  const before = bots.map(({ turns }) => turns);
  await pulse.until(() => bots.every(({ turns }, index) => turns > (before[index] ?? 0)));
}

/**
 * Bots play Explore while the server is killed again and again at random moments. After each restart, every event that
 * any client has received is compared with the log, and every bot must get on. Throws on the first difference.
 */
export async function playThroughCrashes(options: CrashPlayOptions): Promise<CrashPlayResult> {
  const { server, kills, seed, report } = options;
  const random = randomStream(`crash/${seed}`);
  const pulse = createPulse();
  const names = Array.from({ length: options.bots }, (_, index) => `bot${index + 1}`);
  const bots = await Promise.all(names.map((name) => createCrashBot(server.url, name, pulse)));
  const count = (list: (bot: CrashBot) => number): number => bots.reduce((sum, bot) => sum + list(bot), 0);
  const result = (): CrashPlayResult => ({
    turns: count(({ turns }) => turns),
    sessions: count(({ sessions }) => sessions.length),
    events: count(({ sessions }) => sessions.reduce((sum, { received }) => sum + received.length, 0)),
  });

  try {
    const playing = Promise.all(bots.map((bot) => bot.play()));
    playing.catch((error: unknown) => pulse.fail(error));
    for (const [index, victim] of kills.entries()) {
      const target = pulse.count + random.integer(1, 120);
      await pulse.until(() => pulse.count >= target);
      // A frame is sent after a write; a moment later the next write is under way.
      await pause(random.integer(0, 15));
      await kill(server, victim);
      await server.start();
      await everyoneGoesOn(bots, pulse);
      await Promise.all(bots.map((bot) => bot.audit('in play')));
      const { turns, sessions, events } = result();
      const sum = `${turns} turns in ${sessions} sessions, ${events} events received, all in the log once`;
      report(`kill ${index + 1} of ${kills.length} (${victim}): ${sum}`);
    }
    for (const bot of bots) bot.stop();
    await playing;
    await server.kill();
    await server.start();
    await Promise.all(bots.map((bot) => bot.audit('at the end')));
    return result();
  } finally {
    for (const bot of bots) bot.close();
  }
}

/** Which victims fall in `count` kills: mostly the server, the others at least once each when there are three or more. */
export function planKills(count: number, seed: string): readonly Victim[] {
  const random = randomStream(`victims/${seed}`);
  const kills = Array.from({ length: count }, (_, index): Victim => {
    if (index === 1) return 'database';
    return index === 2 ? 'both' : 'server';
  });
  return random.shuffle(kills);
}
