import { createCrashBot } from './crashBot.ts';
import { createPulse } from './pulse.ts';

/** Bots that play Explore whatever happens to the servers. */
export interface BotCrowd extends Disposable {
  /** Until `frames` more have arrived, counted over all bots. Rejects, as all that waits here, when a bot fails. */
  frames(frames: number): Promise<void>;
  /** Until a bot waits for the answer to such a request. */
  requested(request: 'create' | 'open'): Promise<void>;
  /** Every session goes on: at each table a turn is completed that was begun after now, or the one that was cut short. */
  everyoneGoesOn(): Promise<void>;
  /** Compares what arrived of the present sessions with the log, and repeats commands. Rejects at the first difference. */
  audit(): Promise<void>;
  /** The same with every session that was ever played. */
  auditAll(): Promise<void>;
  /** Lets the bots finish their turns and play no more. */
  stop(): Promise<void>;
  counts(): PlayCounts;
}

export interface PlayCounts {
  readonly turns: number;
  readonly sessions: number;
  /** Seen by any bot. */
  readonly events: number;
}

export interface BotCrowdOptions {
  readonly url: string;
  readonly bots: number;
  /** Sessions that each bot plays at once. */
  readonly tables: number;
  /** The same seed lets the bots play the same way. */
  readonly seed: string;
}

export const inWords = ({ turns, sessions, events }: PlayCounts): string =>
  `${turns} turns in ${sessions} sessions, ${events} events seen`;

/** Resolves when they have begun. */
export async function seatBots({ url, tables, seed, ...options }: BotCrowdOptions): Promise<BotCrowd> {
  const pulse = createPulse();
  const names = Array.from({ length: options.bots }, (_none, index) => `bot${index + 1}`);
  const bots = await Promise.all(names.map((name) => createCrashBot({ url, name, tables, seed }, pulse)));
  const playing = Promise.all(bots.map((bot) => bot.play()));
  playing.catch((error: unknown) => pulse.fail(error));
  const turnsByTable = (): readonly number[] => bots.flatMap((bot) => bot.turns);

  return {
    frames: (frames) => {
      const target = pulse.count + frames;
      return pulse.until(() => pulse.count >= target);
    },
    requested: (request) => pulse.until(() => bots.some((bot) => bot.isWaitingFor(request))),
    everyoneGoesOn: () => {
      const before = turnsByTable();
      return pulse.until(() => turnsByTable().every((count, index) => count > (before[index] ?? 0)));
    },
    audit: async () => void (await Promise.all(bots.map((bot) => bot.audit()))),
    auditAll: async () => void (await Promise.all(bots.map((bot) => bot.auditAll()))),
    stop: async () => {
      for (const bot of bots) bot.stop();
      await playing;
    },
    counts: () => {
      const sessions = bots.flatMap((bot) => bot.sessions);
      return {
        turns: turnsByTable().reduce((sum, count) => sum + count, 0),
        sessions: sessions.length,
        events: sessions.reduce((sum, { eventCount }) => sum + eventCount, 0),
      };
    },
    [Symbol.dispose]: () => {
      for (const bot of bots) bot.close();
    },
  };
}
