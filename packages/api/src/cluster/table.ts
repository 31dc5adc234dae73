import type { SessionManager } from '@dcs/engine';
import type { LiveSessions } from '../services/liveSessions.ts';
import type { Attendance } from './attendance.ts';
import type { Cluster } from './cluster.ts';
import { ClusterUnavailable } from './clusterError.ts';
import { inParallel } from './inParallel.ts';
import type { SharedBus } from './sharedBus.ts';

/* Who is at the table, when the table may stand in several places. */

export type TableManager = Pick<SessionManager, 'pause' | 'resume' | 'checkLimits' | 'present'>;

/** What could not be asked of a session while nobody can tell who drives it is done by `keepTable` when they can. */
async function whenReachable(job: () => Promise<void>): Promise<void> {
  try {
    await job();
  } catch (fault) {
    if (!(fault instanceof ClusterUnavailable)) throw fault;
  }
}

/** The manager for those who watch the table of one node: a session stands still only when it is deserted everywhere. */
export function tableManager(manager: SessionManager, attendance: Attendance): TableManager {
  return {
    present: (sessionId) => manager.present(sessionId),
    checkLimits: (sessionId) => manager.checkLimits(sessionId),
    pause: (sessionId) =>
      whenReachable(async () => {
        const isAttendedElsewhere = await attendance.leave(sessionId);
        if (!isAttendedElsewhere) await manager.pause(sessionId);
      }),
    resume: (sessionId) =>
      whenReachable(async () => {
        await attendance.arrive(sessionId);
        await manager.resume(sessionId);
      }),
  };
}

export interface TablePorts {
  readonly manager: SessionManager;
  readonly attendance: Attendance;
  readonly live: Pick<LiveSessions, 'touch'>;
  readonly cluster: Pick<Cluster, 'onRejoined'>;
  readonly shared: Pick<SharedBus, 'onRecorded' | 'bus'>;
  readonly onFault: (fault: unknown, sessionId: string) => void;
}

const AT_ONCE = 16;

/** Keeps sessions going that somebody follows here, whatever becomes of the node that drove them. */
export function keepTable({ manager, attendance, live, cluster, shared, onFault }: TablePorts): void {
  async function goOn(sessionId: string): Promise<void> {
    await attendance.arrive(sessionId);
    await manager.resume(sessionId);
    const present = await manager.present(sessionId);
    if (present !== null && !present.exited) live.touch(sessionId, present.header.ownerId);
  }

  const goOnSoon = (sessionId: string): void => {
    whenReachable(() => goOn(sessionId)).catch((fault: unknown) => onFault(fault, sessionId));
  };

  shared.onRecorded((sessionId, events) => {
    if (!attendance.has(sessionId)) return;
    // Its driver stops, or thought that nobody was there.
    if (events.at(-1)?.kind === 'session_paused') goOnSoon(sessionId);
  });
  // Also by this node: a session that is released stands still until somebody resumes it.
  shared.bus.tap((sessionId, message) => {
    if (message.type !== 'events' || !attendance.has(sessionId)) return;
    if (message.events.some(({ kind }) => kind === 'session_released')) goOnSoon(sessionId);
  });
  cluster.onRejoined(() => {
    inParallel(AT_ONCE, [...attendance.here()], goOn).catch((fault: unknown) => onFault(fault, ''));
  });
}
