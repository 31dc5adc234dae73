/*
 * Who may drive a session. The log's unique numbers already keep two nodes from writing the same history twice; a lease
 * keeps them from both trying, so that a model is asked once and one clock runs.
 */

export type Lease =
  | {
      readonly granted: true;
      /** Grows with every grant of the session, whoever gets it. */
      readonly fence: number;
    }
  | { readonly granted: false; readonly heldBy: string };

export interface AcquireOptions {
  /** A node that holds the lease and has not answered for so long that it may be taken from it. */
  readonly takeFrom?: string | undefined;
}

export interface SessionLeases {
  /**
   * Whether this node may drive the session at this moment. Costs nothing, and turns `false` by itself when the lease
   * could have passed on without this node noticing.
   */
  holds(sessionId: string): boolean;
  /** The lease, or who has it. Repeatable. Rejects with ClusterUnavailable. */
  acquire(sessionId: string, options?: AcquireOptions): Promise<Lease>;
  /** Asks anew whether the lease is still held here; when nobody can tell, it is not. Never rejects. */
  confirm(sessionId: string): Promise<boolean>;
  /** Gives the lease to whoever asks next. Never rejects: a lease that cannot be given back is taken over. */
  release(sessionId: string): Promise<void>;
  /**
   * Runs a job under the grant of this moment: what it writes is written under this grant or not at all, even if the
   * session was lost and had again meanwhile.
   */
  under<T>(sessionId: string, job: () => Promise<T>): Promise<T>;
  /** Whether whoever runs now may write to the session; `ask` when it was begun under no grant and none is held. */
  mayWrite(sessionId: string): boolean | 'ask';
  /** The node that drives the session, or `null`. Rejects with ClusterUnavailable. */
  holderOf(sessionId: string): Promise<string | null>;
  /** Called just before a session becomes this node's. */
  onTaken(listener: (sessionId: string) => void): void;
  /** Called as soon as this node knows that it lost a session that it had not released. */
  onLost(listener: (sessionId: string) => void): void;
  /** The sessions that are held; `null` where every session is. */
  held(): ReadonlySet<string> | null;
}

/** Who does a piece of work that is no session, such as playing for a participant: one node at a time, by the name of the work. */
export type TaskLeases = Pick<SessionLeases, 'holds' | 'acquire' | 'release'>;

/** For one process alone: every session is its own, always. */
export function createLocalLeases(): SessionLeases {
  return {
    holds: () => true,
    acquire: () => Promise.resolve({ granted: true, fence: 1 }),
    confirm: () => Promise.resolve(true),
    release: () => Promise.resolve(),
    under: (_sessionId, job) => job(),
    mayWrite: () => true,
    holderOf: () => Promise.resolve(null),
    onTaken: () => undefined,
    onLost: () => undefined,
    held: () => null,
  };
}
