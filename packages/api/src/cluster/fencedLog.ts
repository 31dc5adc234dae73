import { SequenceConflict } from '@dcs/engine';
import type { SessionLog } from '@dcs/engine';
import { LeaseLost } from './clusterError.ts';
import type { SessionLeases } from './leases.ts';

/**
 * A log that takes events only of sessions that this node drives, and of a job only under the grant under which it was
 * begun. A session that nobody drives (a branch that is being copied) is driven here from then on.
 * Rejects with LeaseLost before anything is written, and when a number was taken because another node has gone on; with
 * ClusterUnavailable when nobody can tell who drives the session.
 *
 * The look at the lease and the write are not one step, and need not be: whoever takes a session over reads its log and
 * then writes to it. What slips in before that reading is part of the history, and what comes after it finds its
 * number taken.
 */
export function fenceLog(
  log: SessionLog,
  leases: Pick<SessionLeases, 'mayWrite' | 'acquire' | 'confirm'>,
): SessionLog {
  return {
    ...log,
    append: async (events) => {
      const sessionId = events[0]?.sessionId ?? '';
      const mayWrite = leases.mayWrite(sessionId);
      const isGranted = mayWrite === 'ask' ? (await leases.acquire(sessionId)).granted : mayWrite;
      if (!isGranted) throw new LeaseLost(sessionId);
      try {
        return await log.append(events);
      } catch (fault) {
        if (fault instanceof SequenceConflict && !(await leases.confirm(sessionId))) {
          throw new LeaseLost(sessionId, { cause: fault });
        }
        throw fault;
      }
    },
  };
}
