import type { SessionManager, SessionPresent } from '@dcs/engine';
import type { Timers } from './timers.ts';

/** What is watched of a session to know when its time is up. */
type Clockwork = Pick<SessionPresent, 'status' | 'opened' | 'exited' | 'maxRuntimeSeconds' | 'runtimeMs'>;

export interface LiveSessionsPorts {
  readonly manager: Pick<SessionManager, 'pause' | 'resume' | 'checkLimits'> & {
    present(sessionId: string): Promise<Clockwork | null>;
  };
  readonly timers: Timers;
  /** How long the clock of a session runs on after the last seat holder went away. */
  readonly graceMs: number;
  /** How many sessions of one player may be played at once. */
  readonly mostPerOwner: number;
  readonly onFault: (fault: unknown, sessionId: string) => void;
}

/** Who is at the table: starts and stops the clocks of sessions, and ends them when their time is up. */
export interface LiveSessions {
  /**
   * A seat holder follows the session. Call the result once when it goes. Where the owner has as many sessions as are
   * allowed, it looks on: the session's clock stands as it stood.
   */
  arrive(sessionId: string, ownerId: string): () => void;
  /** A seat holder did something, perhaps without following. */
  touch(sessionId: string, ownerId: string): void;
  /** A seat holder waits for an answer, perhaps without following. Call the result when it has it, or has gone. Repeatable. */
  wait(sessionId: string): () => void;
  /** The session is over. */
  ended(sessionId: string): void;
  /** Whether the session is being played now. */
  has(sessionId: string): boolean;
  /** Whether the session is being played, or may be: its owner has not too many others. */
  hasRoom(sessionId: string, ownerId: string): boolean;
  /** How many sessions of a player are being played now. */
  countOf(ownerId: string): number;
  /** Clears every timer; sessions keep their state. */
  stop(): void;
}

interface Presence {
  readonly ownerId: string;
  watchers: number;
  grace: { cancel(): void } | null;
  deadline: { cancel(): void } | null;
}

/** Keeps a limit that was just missed from being asked for over and over. */
const LEAST_WAIT_MS = 50;

export function createLiveSessions(ports: LiveSessionsPorts): LiveSessions {
  const { manager, timers } = ports;
  const table = new Map<string, Presence>();
  const perOwner = new Map<string, number>();
  let stopped = false;

  function count(ownerId: string, change: number): void {
    const next = (perOwner.get(ownerId) ?? 0) + change;
    if (next > 0) perOwner.set(ownerId, next);
    else perOwner.delete(ownerId);
  }

  function presenceOf(sessionId: string, ownerId: string): Presence {
    const known = table.get(sessionId);
    if (known !== undefined) return known;
    const presence: Presence = { ownerId, watchers: 0, grace: null, deadline: null };
    table.set(sessionId, presence);
    count(ownerId, 1);
    return presence;
  }

  function hasRoom(sessionId: string, ownerId: string): boolean {
    return table.has(sessionId) || (perOwner.get(ownerId) ?? 0) < ports.mostPerOwner;
  }

  function remove(sessionId: string): void {
    const presence = table.get(sessionId);
    if (presence === undefined) return;
    presence.grace?.cancel();
    presence.deadline?.cancel();
    table.delete(sessionId);
    count(presence.ownerId, -1);
  }

  function background(sessionId: string, job: () => Promise<void>): void {
    job().catch((fault: unknown) => ports.onFault(fault, sessionId));
  }

  function startGrace(sessionId: string, presence: Presence): void {
    presence.grace?.cancel();
    presence.grace = timers.after(ports.graceMs, () => {
      remove(sessionId);
      background(sessionId, () => manager.pause(sessionId));
    });
  }

  /** Somebody is there until the result is called, for the first time. */
  function attend(sessionId: string, presence: Presence): () => void {
    presence.watchers += 1;
    presence.grace?.cancel();
    presence.grace = null;
    let isThere = true;
    return () => {
      if (!isThere) return;
      isThere = false;
      presence.watchers -= 1;
      if (presence.watchers === 0 && !stopped && table.get(sessionId) === presence)
        startGrace(sessionId, presence);
    };
  }

  /** One timer per session: early after a pause, when it is set anew. */
  async function setDeadline(sessionId: string): Promise<void> {
    const present = await manager.present(sessionId);
    const presence = table.get(sessionId);
    if (stopped || presence === undefined || presence.deadline !== null || present === null) return;
    if (present.exited) return remove(sessionId);
    const wait = timeLeft(present);
    if (wait === null) return;
    presence.deadline = timers.after(Math.max(wait, LEAST_WAIT_MS), () => {
      presence.deadline = null;
      background(sessionId, async () => {
        await manager.checkLimits(sessionId);
        await setDeadline(sessionId);
      });
    });
  }

  return {
    arrive: (sessionId, ownerId) => {
      if (!hasRoom(sessionId, ownerId)) return () => undefined;
      const leave = attend(sessionId, presenceOf(sessionId, ownerId));
      background(sessionId, async () => {
        await manager.resume(sessionId);
        await setDeadline(sessionId);
      });
      return leave;
    },
    wait: (sessionId) => {
      const presence = table.get(sessionId);
      return presence === undefined ? () => undefined : attend(sessionId, presence);
    },
    touch: (sessionId, ownerId) => {
      if (stopped) return;
      const presence = presenceOf(sessionId, ownerId);
      if (presence.watchers === 0) startGrace(sessionId, presence);
      if (presence.deadline === null) background(sessionId, () => setDeadline(sessionId));
    },
    ended: remove,
    has: (sessionId) => table.has(sessionId),
    hasRoom,
    countOf: (ownerId) => perOwner.get(ownerId) ?? 0,
    stop: () => {
      stopped = true;
      for (const sessionId of table.keys()) remove(sessionId);
    },
  };
}

/** Milliseconds of play left, or `null` when the clock stands or there is no limit. */
function timeLeft(present: Clockwork): number | null {
  if (present.status !== 'active' || !present.opened || present.maxRuntimeSeconds === null) return null;
  return present.maxRuntimeSeconds * 1000 - present.runtimeMs;
}
