import { ClusterUnavailable } from './clusterError.ts';
import type { Membership } from './membership.ts';
import type { RedisLink } from './redisLink.ts';
import type { RedisNames } from './redisNames.ts';
import { ATTEND, ATTENDED, LEAVE } from './redisScripts.ts';

/** At which nodes somebody with a seat follows a session: a session is paused when there is none left. */
export interface Attendance {
  /** Somebody does here. Never rejects: until it is known elsewhere, a session may be paused once too often. */
  arrive(sessionId: string): Promise<void>;
  /** Nobody does here any longer. Whether somebody still does elsewhere. Rejects with ClusterUnavailable. */
  leave(sessionId: string): Promise<boolean>;
  /** Whether somebody does anywhere. Rejects with ClusterUnavailable. */
  isAttended(sessionId: string): Promise<boolean>;
  /** The sessions that are attended here. */
  here(): Iterable<string>;
  has(sessionId: string): boolean;
  /** The same for a node that is gone. Rejects with ClusterUnavailable. */
  leaveFor(nodeId: string, sessionId: string): Promise<boolean>;
}

/** For one process alone. */
export function createLocalAttendance(): Attendance {
  const attended = new Set<string>();
  return {
    arrive: async (sessionId) => void attended.add(sessionId),
    leave: async (sessionId) => {
      attended.delete(sessionId);
      return false;
    },
    isAttended: async (sessionId) => attended.has(sessionId),
    here: () => attended,
    has: (sessionId) => attended.has(sessionId),
    leaveFor: () => Promise.resolve(false),
  };
}

export interface RedisAttendancePorts {
  readonly link: RedisLink;
  readonly names: RedisNames;
  readonly membership: Membership;
}

export function createRedisAttendance({ link, names, membership }: RedisAttendancePorts): Attendance {
  const attended = new Set<string>();
  /** What the others know, under the id that this node has now. */
  const told = new Set<string>();
  membership.onLost(() => told.clear());

  async function tell(sessionId: string): Promise<void> {
    const { nodeId } = membership;
    const keys = [names.attendance(sessionId), names.attended(nodeId)];
    await link.run(ATTEND, { keys, args: [nodeId, sessionId] });
    if (nodeId === membership.nodeId) told.add(sessionId);
  }

  async function leaveFor(nodeId: string, sessionId: string): Promise<boolean> {
    const keys = [names.attendance(sessionId), names.attended(nodeId)];
    return (await link.run(LEAVE, { keys, args: [names.prefix, nodeId, sessionId] })) === 1;
  }

  return {
    arrive: async (sessionId) => {
      attended.add(sessionId);
      if (told.has(sessionId)) return;
      await tell(sessionId).catch((fault: unknown) => {
        // It is told again when this node counts again.
        if (!(fault instanceof ClusterUnavailable)) throw fault;
      });
    },
    leave: async (sessionId) => {
      attended.delete(sessionId);
      if (!told.delete(sessionId)) return attendedAnywhere(sessionId);
      return leaveFor(membership.nodeId, sessionId);
    },
    isAttended: attendedAnywhere,
    here: () => attended,
    has: (sessionId) => attended.has(sessionId),
    leaveFor,
  };

  async function attendedAnywhere(sessionId: string): Promise<boolean> {
    const keys = [names.attendance(sessionId)];
    return (await link.run(ATTENDED, { keys, args: [names.prefix] })) === 1;
  }
}
