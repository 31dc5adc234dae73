import { AsyncLocalStorage } from 'node:async_hooks';
import { ClusterUnavailable } from './clusterError.ts';
import type { LeaseMeter } from './leaseMeter.ts';
import type { AcquireOptions, Lease, SessionLeases } from './leases.ts';
import type { Membership } from './membership.ts';
import type { RedisLink } from './redisLink.ts';
import type { RedisNames } from './redisNames.ts';
import { ACQUIRE, RELEASE } from './redisScripts.ts';

export interface RedisLeasesPorts {
  readonly link: RedisLink;
  readonly names: RedisNames;
  readonly membership: Membership;
  readonly meter: LeaseMeter;
}

/**
 * A lease names the node that holds it, and counts as long as that node lives: a node with ten thousand sessions renews
 * one key, not ten thousand.
 */
export function createRedisLeases({ link, names, membership, meter }: RedisLeasesPorts): SessionLeases {
  const fences = new Map<string, number>();
  const held = new Set<string>();
  const grants = new AsyncLocalStorage<{ readonly sessionId: string; readonly fence: number }>();
  const asking = new Map<string, Promise<Lease>>();
  const onTaken = new Set<(sessionId: string) => void>();
  const onLost = new Set<(sessionId: string) => void>();

  const holds = (sessionId: string): boolean => fences.has(sessionId) && membership.isCurrent();

  function drop(sessionId: string): boolean {
    held.delete(sessionId);
    return fences.delete(sessionId);
  }

  function lose(sessionId: string): void {
    if (!drop(sessionId)) return;
    meter.lease('lost');
    for (const listener of onLost) listener(sessionId);
  }

  membership.onLost(() => {
    for (const sessionId of held) lose(sessionId);
  });

  async function ask(sessionId: string, { takeFrom = '' }: AcquireOptions): Promise<Lease> {
    const { nodeId } = membership;
    const reply = await link.run(ACQUIRE, {
      keys: [names.lease(sessionId), names.node(nodeId), names.held(nodeId), names.fence],
      args: [names.prefix, nodeId, sessionId, takeFrom],
    });
    const [outcome, subject = '', before = ''] = Array.isArray(reply) ? reply : [];
    if (outcome === 'held') return { granted: false, heldBy: subject };
    // Granted under an id that has been given up meanwhile is not granted.
    if (outcome !== 'granted' || nodeId !== membership.nodeId) throw new ClusterUnavailable();
    const fence = Number(subject);
    if (fences.get(sessionId) !== fence) {
      for (const listener of onTaken) listener(sessionId);
      fences.set(sessionId, fence);
      held.add(sessionId);
      meter.lease(before === '' ? 'acquired' : 'takenOver');
    }
    return { granted: true, fence };
  }

  return {
    holds,
    acquire: (sessionId, options = {}) => {
      const underWay = asking.get(sessionId);
      if (underWay !== undefined) return underWay;
      const asked = ask(sessionId, options).finally(() => asking.delete(sessionId));
      asking.set(sessionId, asked);
      return asked;
    },
    confirm: async (sessionId) => {
      const fence = fences.get(sessionId);
      if (fence === undefined) return false;
      const kept = await link.get(names.lease(sessionId)).catch(() => null);
      if (kept === `${membership.nodeId}:${fence}`) return holds(sessionId);
      if (fences.get(sessionId) === fence) lose(sessionId);
      return false;
    },
    release: async (sessionId) => {
      const fence = fences.get(sessionId);
      if (fence === undefined) return;
      drop(sessionId);
      meter.lease('released');
      const { nodeId } = membership;
      const keys = [names.lease(sessionId), names.held(nodeId)];
      // A lease that stays behind is taken over, as one of a silent node is.
      await link.run(RELEASE, { keys, args: [`${nodeId}:${fence}`, sessionId] }).catch(() => undefined);
    },
    under: (sessionId, job) => {
      const fence = fences.get(sessionId);
      return fence === undefined ? job() : grants.run({ sessionId, fence }, job);
    },
    mayWrite: (sessionId) => {
      const grant = grants.getStore();
      if (grant?.sessionId !== sessionId) return holds(sessionId) || 'ask';
      return holds(sessionId) && fences.get(sessionId) === grant.fence;
    },
    holderOf: async (sessionId) => {
      const holder = (await link.get(names.lease(sessionId)))?.split(':', 1)[0];
      if (holder === undefined) return null;
      return (await link.get(names.node(holder))) === null ? null : holder;
    },
    onTaken: (listener) => void onTaken.add(listener),
    onLost: (listener) => void onLost.add(listener),
    held: () => held,
  };
}
