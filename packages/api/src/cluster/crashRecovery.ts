import type { Recovery } from '@dcs/engine';
import type { Logger } from '../logger.ts';
import type { SessionCatalogue } from '../store/ports.ts';
import type { Attendance } from './attendance.ts';
import type { ClusteredManager } from './clusteredManager.ts';
import { inParallel } from './inParallel.ts';

export interface CrashRecoveryPorts {
  readonly manager: Pick<ClusteredManager, 'recover' | 'resume' | 'pause' | 'letGo'>;
  readonly attendance: Pick<Attendance, 'isAttended' | 'leaveFor'>;
  readonly sessions: Pick<SessionCatalogue, 'listUnfinished'>;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
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

/** What became of the sessions that were looked at. */
export interface RecoveryReport {
  /** A turn was in flight and is finished now. */
  readonly finished: number;
  /** Was left running and stands still now. */
  readonly paused: number;
  /** Goes on at once, because its players are there. */
  readonly resumed: number;
  /** Needed nothing, or is seen to elsewhere. */
  readonly untouched: number;
  /** To be looked at again. */
  readonly failed: number;
  readonly total: number;
}

/** Sees to sessions that a crash left in the middle of something, whether their players come back or not. */
export interface CrashRecovery {
  /** Looks at every session that was left running when the last process here, or the last of all nodes, ended. */
  afterStart(): Promise<RecoveryReport>;
  /** Looks at what nodes that are gone had in hand. */
  afterOthers(estate: Estate): Promise<RecoveryReport>;
  /** Begins nothing more, and resolves when nothing is under way. */
  stop(): Promise<void>;
}

const PAGE = 100;
const AT_ONCE = 16;

export function createCrashRecovery(ports: CrashRecoveryPorts): CrashRecovery {
  const { manager, attendance, sessions, logger } = ports;
  const underWay = new Set<Promise<unknown>>();
  let isStopped = false;

  function whileRunning(job: Promise<RecoveryReport>): Promise<RecoveryReport> {
    underWay.add(job);
    return job.finally(() => underWay.delete(job));
  }

  async function seeTo(sessionId: string): Promise<Recovery | 'resumed'> {
    if (await attendance.isAttended(sessionId)) {
      await manager.resume(sessionId);
      return 'resumed';
    }
    const recovery = await manager.recover(sessionId);
    await manager.letGo(sessionId);
    return recovery;
  }

  /** One session that cannot be seen to must not keep the others waiting. */
  async function seeToAll(
    sessionIds: readonly string[],
    onSeen: (sessionId: string) => Promise<void>,
  ): Promise<RecoveryReport> {
    const count = { finished: 0, paused: 0, resumed: 0, nothing: 0, failed: 0 };
    await inParallel(AT_ONCE, sessionIds, async (sessionId) => {
      if (isStopped) return;
      try {
        const recovery = await seeTo(sessionId);
        await onSeen(sessionId);
        count[recovery] += 1;
      } catch (error) {
        count.failed += 1;
        logger.warn({ err: error, sessionId }, 'A session could not be recovered yet.');
      }
    });
    const { nothing: untouched, ...rest } = count;
    return { ...rest, untouched, total: sessionIds.length };
  }

  async function afterStart(): Promise<RecoveryReport> {
    let report = NOTHING;
    for (let after: { createdAt: number; sessionId: string } | undefined; ;) {
      const page = await sessions.listUnfinished({ limit: PAGE, ...(after === undefined ? {} : { after }) });
      const running = page.filter(({ summary }) => summary.status === 'active' && summary.lastSeq > 0);
      const ids = running.map(({ header }) => header.sessionId);
      report = sum(report, await seeToAll(ids, () => Promise.resolve()));
      const last = page.at(-1)?.header;
      if (last === undefined || page.length < PAGE || isStopped) break;
      after = { createdAt: last.createdAt, sessionId: last.sessionId };
    }
    if (report.total > 0) logger.info(report, 'Sessions that were left running have been seen to.');
    return report;
  }

  async function held(estate: Estate, nodeId: string): Promise<RecoveryReport> {
    let report = NOTHING;
    for (;;) {
      const ids = await estate.someHeld(nodeId, PAGE);
      const page = await seeToAll(ids, (sessionId) => estate.strikeOff(nodeId, sessionId));
      report = sum(report, page);
      // What fails now is tried again with the next look.
      if (ids.length === 0 || page.failed > 0 || isStopped) return report;
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

  async function afterOthers(estate: Estate): Promise<RecoveryReport> {
    let report = NOTHING;
    for (const nodeId of estate.gone()) {
      const found = await held(estate, nodeId);
      await attended(estate, nodeId);
      await estate.clearAway(nodeId);
      if (found.total > 0)
        logger.info({ nodeId, ...found }, 'A server has gone; its sessions have been seen to.');
      report = sum(report, found);
    }
    return report;
  }

  return {
    afterStart: () => whileRunning(afterStart()),
    afterOthers: (estate) => whileRunning(afterOthers(estate)),
    stop: async () => {
      isStopped = true;
      await Promise.allSettled(underWay);
    },
  };
}

const NOTHING: RecoveryReport = { finished: 0, paused: 0, resumed: 0, untouched: 0, failed: 0, total: 0 };

function sum(a: RecoveryReport, b: RecoveryReport): RecoveryReport {
  return {
    finished: a.finished + b.finished,
    paused: a.paused + b.paused,
    resumed: a.resumed + b.resumed,
    untouched: a.untouched + b.untouched,
    failed: a.failed + b.failed,
    total: a.total + b.total,
  };
}
