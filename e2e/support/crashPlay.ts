import { setTimeout as pause } from 'node:timers/promises';
import { createCrashBot } from './crashBot.ts';
import type { CrashBot } from './crashBot.ts';
import type { Kill } from './killPlan.ts';
import { createPulse } from './pulse.ts';
import type { Pulse } from './pulse.ts';
import type { ServerProcess } from './serverProcess.ts';

export interface CrashPlayOptions {
  readonly server: ServerProcess;
  /** One after the other. */
  readonly kills: readonly Kill[];
  readonly bots: number;
  /** Sessions that each bot plays at once. */
  readonly tables: number;
  /** The same seed lets the bots play the same way. */
  readonly seed: string;
  readonly report: (line: string) => void;
}

export interface CrashPlayResult {
  readonly turns: number;
  readonly sessions: number;
  readonly events: number;
}

function killNow(server: ServerProcess, { victim }: Kill): Promise<void> {
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

interface Play {
  readonly server: ServerProcess;
  readonly bots: readonly CrashBot[];
  readonly pulse: Pulse;
}

/** Waits for the moment and kills; afterwards nothing runs. */
async function kill({ server, bots, pulse }: Play, planned: Kill): Promise<void> {
  const { moment, afterMs } = planned;
  switch (moment) {
    case 'stop':
      return server.stopInVain(afterMs);
    case 'start':
      await server.kill();
      return server.startInVain(afterMs);
    case 'create':
    case 'open':
      await pulse.until(() => bots.some((bot) => bot.isWaitingFor(moment)));
      await pause(afterMs);
      return killNow(server, planned);
    case 'play':
      await pause(afterMs);
      return killNow(server, planned);
    default: {
      const unreachable: never = moment;
      return unreachable;
    }
  }
}

/** Every session goes on: at each table a turn is completed that was begun after now, or the one that was cut short. */
async function everyoneGoesOn(bots: readonly CrashBot[], pulse: Pulse): Promise<void> {
  const turns = (): readonly number[] => bots.flatMap((bot) => bot.turns);
  const before = turns();
  await pulse.until(() => turns().every((count, index) => count > (before[index] ?? 0)));
}

function resultOf(bots: readonly CrashBot[]): CrashPlayResult {
  const sessions = bots.flatMap((bot) => bot.sessions);
  return {
    turns: bots.flatMap((bot) => bot.turns).reduce((sum, count) => sum + count, 0),
    sessions: sessions.length,
    events: sessions.reduce((sum, { eventCount }) => sum + eventCount, 0),
  };
}

/**
 * Bots play Explore while the server is killed again and again. After each restart, every event that any client has
 * received is compared with the log, commands are repeated, and every table must get on; at the end everyone goes back
 * to every session that was left. Throws on the first difference.
 */
export async function playThroughCrashes(options: CrashPlayOptions): Promise<CrashPlayResult> {
  const { server, kills, tables, seed, report } = options;
  const pulse = createPulse();
  const names = Array.from({ length: options.bots }, (_none, index) => `bot${index + 1}`);
  const bots = await Promise.all(
    names.map((name) => createCrashBot({ url: server.url, name, tables, seed }, pulse)),
  );
  try {
    const playing = Promise.all(bots.map((bot) => bot.play()));
    playing.catch((error: unknown) => pulse.fail(error));
    for (const [index, planned] of kills.entries()) {
      const { moment, victim, afterFrames } = planned;
      const target = pulse.count + afterFrames;
      await pulse.until(() => pulse.count >= target);
      await kill({ server, bots, pulse }, planned);
      await server.start();
      await everyoneGoesOn(bots, pulse);
      await Promise.all(bots.map((bot) => bot.audit()));
      const { turns, sessions, events } = resultOf(bots);
      const sum = `${turns} turns in ${sessions} sessions, ${events} events seen, all in the log once`;
      report(`kill ${index + 1} of ${kills.length} (${victim}, ${moment}): ${sum}`);
    }
    for (const bot of bots) bot.stop();
    await playing;
    await server.kill();
    await server.start();
    await Promise.all(bots.map((bot) => bot.auditAll()));
    return resultOf(bots);
  } finally {
    for (const bot of bots) bot.close();
  }
}
