import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Timers } from '../services/timers.ts';
import { ClusterUnavailable } from './clusterError.ts';
import type { RedisLink } from './redisLink.ts';
import type { RedisNames } from './redisNames.ts';
import { BEAT, RESIGN } from './redisScripts.ts';

/** What a node tells the others of itself. */
export interface NodeFacts {
  /** Epoch ms. */
  readonly startedAt: number;
  readonly liveSessions: number;
  /** Streams of sessions that somebody reads there. */
  readonly readers: number;
}

export interface NodeEntry extends NodeFacts {
  readonly nodeId: string;
}

const factsSchema: z.ZodType<NodeFacts> = z.object({
  startedAt: z.number(),
  liveSessions: z.number().int().nonnegative(),
  readers: z.number().int().nonnegative(),
});

export interface MembershipOptions {
  readonly link: RedisLink;
  readonly names: RedisNames;
  readonly timers: Timers;
  /** Milliseconds that never jump. */
  readonly monotonic: () => number;
  /** How long this node counts as living after it last said so. */
  readonly ttlMs: number;
  readonly facts: () => NodeFacts;
  readonly onFault: (fault: unknown) => void;
}

/**
 * Whether this process is one of the living nodes. It says so every third of `ttlMs`; once it could not for that long,
 * others may have taken its sessions, so it gives up everything and comes back under another id.
 */
export interface Membership {
  /** Another one after every time that was lost. */
  readonly nodeId: string;
  /** Whether the others count this node as living at this moment, even if this process has slept. */
  isCurrent(): boolean;
  /** The living nodes, as of the last beat. */
  nodes(): readonly NodeEntry[];
  /** Ids of nodes that are gone and not cleared away. */
  gone(): readonly string[];
  /** Called when everything that was held under the last id must be given up. */
  onLost(listener: () => void): void;
  /** Called with every id, the first included, before it is used. Rejecting puts the next attempt off. */
  onJoining(listener: (nodeId: string) => Promise<void>): void;
  /** Called when this node counts again after it was lost. */
  onRejoined(listener: () => void): void;
  /** Joins. Rejects with ClusterUnavailable. */
  start(): Promise<void>;
  /** Gives everything back. Never rejects. */
  stop(): Promise<void>;
}

/** The local deadline comes this much earlier than the one that Redis keeps, for clocks that run unevenly. */
const SAFETY = 0.9;

export function createMembership(options: MembershipOptions): Membership {
  const { link, names, timers, monotonic, ttlMs, onFault } = options;
  const listeners = { lost: new Set<() => void>(), rejoined: new Set<() => void>() };
  const joining = new Set<(nodeId: string) => Promise<void>>();
  let nodeId = randomUUID();
  let validUntil = Number.NEGATIVE_INFINITY;
  let isMember = false;
  let living: readonly NodeEntry[] = [];
  let dead: readonly string[] = [];
  let timer: { cancel(): void } | null = null;
  let beating: Promise<void> | null = null;

  async function say(what: 'join' | 'renew'): Promise<boolean> {
    const sentAt = monotonic();
    const reply = await link.run(BEAT, {
      keys: [names.nodes, names.node(nodeId)],
      args: [names.prefix, nodeId, JSON.stringify(options.facts()), String(ttlMs), what],
    });
    const [known, ...entries] = Array.isArray(reply) ? reply : [];
    if (known !== '1') return false;
    // Counted from before the question was sent: Redis cannot have counted from earlier.
    validUntil = sentAt + ttlMs * SAFETY;
    readEntries(entries);
    return true;
  }

  function readEntries(entries: readonly string[]): void {
    const found: NodeEntry[] = [];
    const missing: string[] = [];
    for (let index = 0; index + 1 < entries.length; index += 2) {
      const [id = '', text = ''] = entries.slice(index, index + 2);
      if (text === '') missing.push(id);
      else found.push({ nodeId: id, ...factsSchema.parse(JSON.parse(text)) });
    }
    living = found;
    dead = missing;
  }

  function lose(): void {
    isMember = false;
    validUntil = Number.NEGATIVE_INFINITY;
    living = [];
    for (const listener of listeners.lost) listener();
    nodeId = randomUUID();
  }

  async function join(): Promise<void> {
    for (const listener of joining) await listener(nodeId);
    await say('join');
    isMember = true;
  }

  async function beat(): Promise<void> {
    try {
      if (isMember && monotonic() >= validUntil) lose();
      if (isMember) {
        if (!(await say('renew'))) lose();
      } else {
        await join();
        for (const listener of listeners.rejoined) listener();
      }
    } catch (fault) {
      // The link has reported a broken connection already; only what is not one is news.
      if (!(fault instanceof ClusterUnavailable)) onFault(fault);
    }
  }

  return {
    get nodeId() {
      return nodeId;
    },
    isCurrent: () => isMember && monotonic() < validUntil,
    nodes: () => living,
    gone: () => dead,
    onLost: (listener) => void listeners.lost.add(listener),
    onJoining: (listener) => void joining.add(listener),
    onRejoined: (listener) => void listeners.rejoined.add(listener),
    start: async () => {
      await join();
      timer = timers.every(Math.max(1, Math.floor(ttlMs / 3)), () => {
        beating ??= beat().finally(() => {
          beating = null;
        });
      });
    },
    stop: async () => {
      timer?.cancel();
      await beating;
      isMember = false;
      const keys = [names.nodes, names.node(nodeId), names.held(nodeId), names.attended(nodeId)];
      // What cannot be given back now is taken over when this node is missed.
      await link.run(RESIGN, { keys, args: [names.prefix, nodeId] }).catch(onFault);
    },
  };
}
