import type { SessionLog } from '@dcs/engine';
import type { LocalBus } from '../bus/localBus.ts';
import type { HealthCheck } from '../http/health.ts';
import { createLocalAttendance } from './attendance.ts';
import type { Attendance } from './attendance.ts';
import type { Estate } from './crashRecovery.ts';
import { createLocalLeases } from './leases.ts';
import type { SessionLeases, TaskLeases } from './leases.ts';
import type { NodeEntry, NodeFacts } from './membership.ts';
import { noCalls } from './nodeCalls.ts';
import type { NodeCalls } from './nodeCalls.ts';
import { noNotices } from './notices.ts';
import type { Notices } from './notices.ts';
import { aloneOnBus } from './sharedBus.ts';
import type { SharedBus } from './sharedBus.ts';

export interface ClusterHost {
  readonly log: SessionLog;
  readonly onFault: (fault: unknown, sessionId: string) => void;
}

/** The nodes that share the work, as one of them sees it. One process alone is a cluster of one. */
export interface Cluster {
  readonly leases: SessionLeases;
  readonly tasks: TaskLeases;
  readonly calls: NodeCalls;
  readonly attendance: Attendance;
  readonly notices: Notices;
  /** The log as the session manager may write it. */
  fence(log: SessionLog): SessionLog;
  /** Makes what happens on the bus known to the other nodes, and the other way round. */
  shareBus(local: LocalBus, host: ClusterHost): SharedBus;
  /** The other living nodes, as of a moment ago. */
  others(): readonly NodeEntry[];
  /** Called when this node counts again after it had lost touch, and every session with it. */
  onRejoined(listener: () => void): void;
  /** Calls back now and then, when there may be something of nodes that are gone to see to. */
  onEstate(listener: (estate: Estate) => void): void;
  /** What the server cannot do without, if anything. */
  readonly health: HealthCheck | null;
  /** Begins to count as a node; `facts` is what the others are told of it. Rejects with ClusterUnavailable. */
  start(facts: () => NodeFacts): Promise<void>;
  /** Gives everything back and says goodbye. Never rejects. */
  stop(): Promise<void>;
}

/** One process that does it all. */
export function createLocalCluster(): Cluster {
  return {
    leases: createLocalLeases(),
    tasks: createLocalLeases(),
    calls: noCalls,
    attendance: createLocalAttendance(),
    notices: noNotices,
    fence: (log) => log,
    shareBus: aloneOnBus,
    others: () => [],
    onRejoined: () => undefined,
    onEstate: () => undefined,
    health: null,
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
}
