import type { ClusteredManager } from '../cluster/clusteredManager.ts';
import type { Principal } from '../services/authorise.ts';
import type { LiveSessions } from '../services/liveSessions.ts';
import { startFollower } from './follower.ts';
import type { FollowerPorts } from './follower.ts';
import type { FrameSource } from './frameSink.ts';
import { createPlace } from './place.ts';
import { createSessionHubs } from './sessionHub.ts';
import type { HubPorts } from './sessionHub.ts';

export interface SessionStreamPorts extends Omit<FollowerPorts, 'hubs'>, HubPorts {
  readonly manager: Pick<ClusteredManager, 'present' | 'presentInMemory' | 'distrust'>;
  readonly live: Pick<LiveSessions, 'arrive'>;
}

export interface FollowRequest {
  readonly principal: Principal;
  readonly sessionId: string;
  /** The id of the last frame that the reader got, or `null`. */
  readonly lastEventId: string | null;
}

export interface SessionStream {
  /**
   * Everything after the cursor, exactly once and in order, then whatever happens. Does not end by itself; fails with
   * ApiErrors. Whoever calls has authorised.
   */
  open(request: FollowRequest): FrameSource;
}

/** Live delivery of sessions: attach, read the log, go live. */
export function createSessionStream(ports: SessionStreamPorts): SessionStream {
  const withHubs = { ...ports, hubs: createSessionHubs(ports) };
  return {
    open: (request) => ({
      follow: (sink) => {
        const place = createPlace(ports.live, request.principal.playerId);
        return startFollower(withHubs, { ...request, place }, sink);
      },
    }),
  };
}
