import { createClient } from '@redis/client';
import type { Timers } from '../services/timers.ts';
import { ClusterUnavailable } from './clusterError.ts';
import type { RedisScript } from './redisScripts.ts';

export interface RedisLinkOptions {
  readonly url: string;
  readonly timers: Timers;
  /** Told of broken connections; they are made again by themselves. */
  readonly onFault: (fault: unknown) => void;
}

type Listener = (message: string) => void;

export type Keyed = { readonly keys: readonly string[]; readonly args: readonly string[] };

/** Redis behind two connections, one to ask and one to listen. What it asks is answered soon or not at all. */
export interface RedisLink {
  /** Rejects with ClusterUnavailable, and then may or may not have run. */
  run(script: RedisScript, input: Keyed): Promise<readonly string[] | number>;
  get(key: string): Promise<string | null>;
  /** Some members of a set, in no order. */
  someMembers(key: string, count: number): Promise<readonly string[]>;
  removeMember(key: string, member: string): Promise<void>;
  isMember(key: string, member: string): Promise<boolean>;
  /** How many connections heard it. */
  publish(channel: string, message: string): Promise<number>;
  /** Hears a channel from now on, through every reconnection. Resolves once it does; rejects with ClusterUnavailable. */
  subscribe(channel: string, listener: Listener): Promise<void>;
  unsubscribe(channel: string): void;
  /** Whether nothing can have been missed just now. */
  isWhole(): boolean;
  /** Called when both connections are there again after one was lost: whatever was said meanwhile was not heard. */
  onRestored(listener: () => void): void;
  close(): void;
}

/** Longer than a healthy Redis ever takes, shorter than a lease lives. */
const ANSWER_MS = 1_500;
const CONNECT_MS = 2_000;
/** Finds connections that died without a word. */
const PING_MS = 1_000;
const SILENCE_MS = 4_000;
/** Commands that may wait for an answer; beyond it they are refused instead of kept. */
const MOST_WAITING = 50_000;

function reconnectAfter(retries: number): number {
  return Math.min(50 * 2 ** Math.min(retries, 5), 1_000) + Math.floor(Math.random() * 100);
}

function connection(url: string) {
  return createClient({
    url,
    socket: { connectTimeout: CONNECT_MS, socketTimeout: SILENCE_MS, reconnectStrategy: reconnectAfter },
    pingInterval: PING_MS,
    // A question that waits through an outage would be answered about a world that has gone on.
    disableOfflineQueue: true,
    commandsQueueMaxLength: MOST_WAITING,
    maintNotifications: 'disabled',
  });
}

/** Connects. Rejects with ClusterUnavailable when Redis does not answer within a few seconds. */
export async function openRedisLink({ url, timers, onFault }: RedisLinkOptions): Promise<RedisLink> {
  const asking = connection(url);
  const listening = connection(url);
  const channels = new Map<string, Listener>();
  const onRestored = new Set<() => void>();
  let wasBroken = false;

  for (const client of [asking, listening]) {
    client.on('error', (fault: unknown) => {
      if (!wasBroken) onFault(fault);
      wasBroken = true;
    });
    client.on('ready', () => void restored());
  }

  /** Subscriptions that were confirmed come back by themselves; those that were under way do not. */
  async function restored(): Promise<void> {
    if (!wasBroken || !asking.isReady || !listening.isReady) return;
    wasBroken = false;
    try {
      await Promise.all([...channels].map(([channel, listener]) => listening.subscribe(channel, listener)));
      for (const listener of onRestored) listener();
    } catch (fault) {
      // The connection broke again; it will be ready again, too.
      wasBroken = true;
      onFault(fault);
    }
  }

  async function answered<T>(question: Promise<T>): Promise<T> {
    const tooLate = Promise.withResolvers<never>();
    const timer = timers.after(ANSWER_MS, () => tooLate.reject(new Error('Redis took too long.')));
    try {
      return await Promise.race([question, tooLate.promise]);
    } catch (cause) {
      throw new ClusterUnavailable({ cause });
    } finally {
      timer.cancel();
    }
  }

  async function evaluate({ sha, text }: RedisScript, { keys, args }: Keyed): Promise<unknown> {
    const rest = [String(keys.length), ...keys, ...args];
    try {
      return await asking.sendCommand(['EVALSHA', sha, ...rest]);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return asking.sendCommand(['EVAL', text, ...rest]);
    }
  }

  try {
    await answered(Promise.all([asking.connect(), listening.connect()]));
  } catch (cause) {
    asking.destroy();
    listening.destroy();
    throw cause;
  }

  return {
    run: async (script, input) => {
      const reply = await answered(evaluate(script, input));
      return Array.isArray(reply) ? reply.map(String) : Number(reply);
    },
    get: (key) => answered(asking.get(key)),
    someMembers: async (key, count) => answered(asking.sRandMemberCount(key, count)),
    removeMember: async (key, member) => void (await answered(asking.sRem(key, member))),
    isMember: async (key, member) => (await answered(asking.sIsMember(key, member))) === 1,
    publish: (channel, message) => answered(asking.publish(channel, message)),
    subscribe: async (channel, listener) => {
      channels.set(channel, listener);
      await answered(listening.subscribe(channel, listener));
    },
    unsubscribe: (channel) => {
      const listener = channels.get(channel);
      if (listener === undefined) return;
      channels.delete(channel);
      // Without a connection it may stay subscribed; its listener then finds that nobody follows.
      listening.unsubscribe(channel, listener).catch(() => undefined);
    },
    isWhole: () => !wasBroken && asking.isReady && listening.isReady,
    onRestored: (listener) => void onRestored.add(listener),
    close: () => {
      asking.destroy();
      listening.destroy();
    },
  };
}
