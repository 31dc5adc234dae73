import type { Recovery } from '@dcs/engine';
import type { Logger } from '../logger.ts';
import type { Timers } from '../services/timers.ts';
import type { SessionCatalogue } from '../store/ports.ts';
import { StoreUnavailable } from '../store/storeErrors.ts';
import type { Attendance } from './attendance.ts';
import type { ClusteredManager } from './clusteredManager.ts';
import { ClusterUnavailable } from './clusterError.ts';
import { inParallel } from './inParallel.ts';
import { createRecoveryTally } from './recoveryTally.ts';
import type { RecoveryMeter, RecoveryOutcome, RecoveryReport, RecoveryTally } from './recoveryTally.ts';

export interface CrashRecoveryPorts {
  readonly manager: Pick<ClusteredManager, 'recover' | 'resume' | 'pause' | 'letGo'>;
  readonly attendance: Pick<Attendance, 'isAttended' | 'leaveFor'>;
  readonly sessions: Pick<SessionCatalogue, 'listUnfinished'>;
  readonly timers: Pick<Timers, 'after'>;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly meter: RecoveryMeter;
}

/** Where a node that is gone has left what it had in hand; empty for one process alone. */
export interface Estate {
  gone(): readonly string[];
  /** Some of the sessions that it held, or that were attended there. Rejects with ClusterUnavailable. */
  someHeld(nodeId: string, count: number): Promise<readonly string[]>;
  someAttended(nodeId: string, count: number): Promise<readonly string[]>;
  /** A session that it held has been seen to. */
  strikeOff(nodeId: string, sessionId: string): Promise<void>;
  /** Nothing of it is left. */
  clearAway(nodeId: string): Promise<void>;
}

/** Sees to sessions that a crash left in the middle of something, whether their players come back or not. */
export interface CrashRecovery {
  /**
   * Looks at every session that was left running when the last process here, or the last of all nodes, ended. While the
   * database or the other nodes are away it waits, and goes on where it was.
   */
  afterStart(): Promise<RecoveryReport>;
  /**
   * Looks at what nodes that are gone had in hand. Rejects with StoreUnavailable or ClusterUnavailable; what is left then
   * is there for the next look.
   */
  afterOthers(estate: Estate): Promise<void>;
  /** Begins nothing more, and resolves when nothing is under way. */
  stop(): Promise<void>;
}

const PAGE = 100;
const AT_ONCE = 16;
const OUTAGE_MS = 5_000;

/** Nothing is wrong with a session: no other one could be seen to either. */
function isOutage(fault: unknown): boolean {
  return fault instanceof StoreUnavailable || fault instanceof ClusterUnavailable;
}

const outcomeOf = (recovery: Recovery): RecoveryOutcome => (recovery === 'nothing' ? 'untouched' : recovery);

export function createCrashRecovery(ports: CrashRecoveryPorts): CrashRecovery {
  const { manager, attendance, sessions, timers, logger, meter } = ports;
  const underWay = new Set<Promise<unknown>>();
  const stopped = Promise.withResolvers<void>();
  let isStopped = false;

  function whileRunning<T>(job: Promise<T>): Promise<T> {
    underWay.add(job);
    return job.finally(() => underWay.delete(job));
  }

  async function seeTo(sessionId: string): Promise<RecoveryOutcome> {
    if (await attendance.isAttended(sessionId)) {
      await manager.resume(sessionId);
      return 'resumed';
    }
    const recovery = await manager.recover(sessionId);
    await manager.letGo(sessionId);
    return outcomeOf(recovery);
  }

  /**
   * One session that cannot be seen to must not keep the others waiting; an outage does, and is the rejection. What has
   * been looked at is taken out of `left`.
   */
  async function seeToAll(
    left: Set<string>,
    tally: RecoveryTally,
    onSeen: (sessionId: string) => Promise<void>,
  ): Promise<void> {
    await inParallel(AT_ONCE, [...left], async (sessionId) => {
      if (isStopped) return;
      try {
        const outcome = await seeTo(sessionId);
        await onSeen(sessionId);
        tally.recovered(outcome);
      } catch (fault) {
        if (isOutage(fault)) throw fault;
        tally.failed(sessionId, fault);
      }
      left.delete(sessionId);
    });
  }

  function pause(ms: number): Promise<void> {
    const over = Promise.withResolvers<void>();
    const timer = timers.after(ms, over.resolve);
    return Promise.race([over.promise, stopped.promise]).finally(() => timer.cancel());
  }

  /** Does it again and again while there is an outage, which is told once. `null` when this node stops meanwhile. */
  async function patiently<T>(tally: RecoveryTally, job: () => Promise<T>): Promise<T | null> {
    for (let isTold = false; !isStopped; isTold = true) {
      try {
        return await job();
      } catch (err) {
        if (!isOutage(err)) throw err;
        const message = 'Recovery waits: the database or the other servers cannot be reached.';
        if (!isTold) logger.error({ err, ...tally.report() }, message);
        await pause(OUTAGE_MS);
      }
    }
    return null;
  }

  async function afterStart(): Promise<RecoveryReport> {
    const tally = createRecoveryTally(logger, meter);
    for (let after: { createdAt: number; sessionId: string } | undefined; ;) {
      const cursor = after === undefined ? {} : { after };
      const page = await patiently(tally, () => sessions.listUnfinished({ limit: PAGE, ...cursor }));
      const running = (page ?? []).filter(
        ({ summary }) => summary.status === 'active' && summary.lastSeq > 0,
      );
      const left = new Set(running.map(({ header }) => header.sessionId));
      await patiently(tally, () => seeToAll(left, tally, () => Promise.resolve()));
      const last = page?.at(-1)?.header;
      if (page === null || last === undefined || page.length < PAGE || isStopped) break;
      after = { createdAt: last.createdAt, sessionId: last.sessionId };
    }
    return tally.conclude('Sessions that were left running have been seen to.');
  }

  async function held(estate: Estate, nodeId: string, tally: RecoveryTally): Promise<void> {
    for (;;) {
      const ids = await estate.someHeld(nodeId, PAGE);
      await seeToAll(new Set(ids), tally, (sessionId) => estate.strikeOff(nodeId, sessionId));
      // What fails now is tried again with the next look.
      if (ids.length === 0 || tally.report().failed > 0 || isStopped) return;
    }
  }

  /** Whoever followed there has gone, or will come back to another node. */
  async function attended(estate: Estate, nodeId: string): Promise<void> {
    for (;;) {
      const ids = await estate.someAttended(nodeId, PAGE);
      if (ids.length === 0 || isStopped) return;
      await inParallel(AT_ONCE, ids, async (sessionId) => {
        const isAttendedElsewhere = await attendance.leaveFor(nodeId, sessionId);
        if (!isAttendedElsewhere) await manager.pause(sessionId);
      });
    }
  }

  async function afterOthers(estate: Estate): Promise<void> {
    for (const nodeId of estate.gone()) {
      const tally = createRecoveryTally(logger, meter);
      await held(estate, nodeId, tally);
      await attended(estate, nodeId);
      await estate.clearAway(nodeId);
      tally.conclude('A server has gone; its sessions have been seen to.', { nodeId });
    }
  }

  return {
    afterStart: () => whileRunning(afterStart()),
    afterOthers: (estate) => whileRunning(afterOthers(estate)),
    stop: async () => {
      isStopped = true;
      stopped.resolve();
      await Promise.allSettled(underWay);
    },
  };
}
