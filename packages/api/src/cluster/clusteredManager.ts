import { failure } from '@dcs/engine';
import type { CommandOutcome, Failure, SessionLog, SessionManager, SessionPresent } from '@dcs/engine';
import { CLUSTER_UNAVAILABLE, ClusterUnavailable, LeaseLost } from './clusterError.ts';
import type { SessionLeases } from './leases.ts';
import type { NodeCalls } from './nodeCalls.ts';
import type { Hearing } from './sharedBus.ts';
import { perform } from './sessionCall.ts';
import type { SessionCall } from './sessionCall.ts';
import type { Timers } from '../services/timers.ts';

export interface ClusteredManagerPorts {
  /** Drives the sessions of this node, on a log that is fenced by the same leases. */
  readonly local: SessionManager;
  readonly leases: SessionLeases;
  readonly calls: NodeCalls;
  readonly log: Pick<SessionLog, 'read'>;
  readonly timers: Timers;
  readonly hearing: Hearing;
  /** A call failed here that another node had asked for: reported here, and told there in these words. */
  readonly onCallFailed: (fault: unknown, call: SessionCall) => CommandOutcome;
}

/** The session manager of one node among several. To those who call it, it drives every session there is. */
export interface ClusteredManager extends SessionManager {
  /**
   * The log says more than this node knows of the session: what it knows is read again, unless it is sure that it drives
   * the session, and then knows better in a moment.
   */
  distrust(sessionId: string): Promise<void>;
  /** Gives the session to whoever asks next, and forgets it. It should not be running. */
  letGo(sessionId: string): Promise<void>;
}

/** How often it is tried to find the one node that drives a session. Between tries the state of things has changed. */
const MOST_TRIES = 8;
/** A node that is stopping gives its sessions back within this time or so. */
const HANDOVER_MS = 250;
const TAIL = 200;

type Outcome = CommandOutcome | null;

/** What the local manager says as well when it takes nothing more. */
const STOPPING = failure('session/unavailable', 'The server is restarting. Try again in a moment.', true);

async function orUnavailable<T>(job: () => Promise<T>): Promise<T | Failure> {
  try {
    return await job();
  } catch (fault) {
    if (fault instanceof ClusterUnavailable) return CLUSTER_UNAVAILABLE;
    throw fault;
  }
}

export function createClusteredManager(ports: ClusteredManagerPorts): ClusteredManager {
  const { local, leases, calls, log, timers, hearing } = ports;
  /** Calls under way here; a session that is in use is not given away. */
  const running = new Map<string, number>();
  let isStopping = false;

  // What is in memory was true when somebody else drove it, or has just become somebody else's.
  leases.onTaken((sessionId) => local.forget(sessionId));
  leases.onLost((sessionId) => local.forget(sessionId));
  calls.serve(serve);

  async function here<T>(sessionId: string, job: () => Promise<T>): Promise<T> {
    running.set(sessionId, (running.get(sessionId) ?? 0) + 1);
    try {
      return await job();
    } finally {
      const left = (running.get(sessionId) ?? 1) - 1;
      if (left > 0) running.set(sessionId, left);
      else running.delete(sessionId);
    }
  }

  /** `null` when this node turned out not to drive the session. */
  async function hereIfHeld<T>(sessionId: string, job: () => Promise<T>): Promise<{ value: T } | null> {
    if (!leases.holds(sessionId)) return null;
    try {
      return { value: await here(sessionId, () => leases.under(sessionId, job)) };
    } catch (fault) {
      if (fault instanceof LeaseLost) return null;
      throw fault;
    }
  }

  /** The asked node stops: its answer is true of itself, not of the session. */
  const saysItStops = (outcome: Outcome): boolean =>
    outcome !== null && !outcome.ok && outcome.reason === 'session/unavailable';

  /**
   * Does the call wherever the session is driven, here if nowhere. May do it twice when a node dies or falls silent in
   * the middle: the command's id makes that one effect and one reply.
   */
  async function route(call: SessionCall): Promise<Outcome> {
    const { sessionId } = call;
    let takeFrom: string | undefined;
    for (let attempt = 1; attempt <= MOST_TRIES; attempt++) {
      const done = await hereIfHeld(sessionId, () => perform(local, call));
      if (done !== null) return done.value;
      const lease = await leases.acquire(sessionId, { takeFrom });
      if (lease.granted) continue;
      const answer = await calls.ask(lease.heldBy, call);
      if (answer.type === 'answer' && !saysItStops(answer.outcome)) return answer.outcome;
      if (answer.type === 'answer') await new Promise<void>((resolve) => timers.after(HANDOVER_MS, resolve));
      // It has nothing of the session in hand, or is not to be heard of: its right has lapsed.
      else takeFrom = lease.heldBy;
    }
    throw new ClusterUnavailable();
  }

  function command(call: SessionCall): Promise<CommandOutcome> {
    return orUnavailable(async () => {
      const outcome = await route(call);
      if (outcome === null) throw new Error(`${call.method} brought no reply.`);
      if (outcome.ok && outcome.exited) await giveBack(call.sessionId);
      return outcome;
    });
  }

  /** Asks whoever drives the session. A session that nobody drives stands still, so there is nothing to stop. */
  async function toDriver(call: SessionCall): Promise<void> {
    const { sessionId } = call;
    for (let attempt = 1; attempt <= MOST_TRIES; attempt++) {
      if ((await hereIfHeld(sessionId, () => perform(local, call))) !== null) return;
      const holder = await leases.holderOf(sessionId);
      if (holder === null) return;
      // One that declines does not drive it either.
      if ((await calls.ask(holder, call)).type !== 'silent') return;
    }
    throw new ClusterUnavailable();
  }

  /** Does what only concerns a session that nobody drives; `null` when somebody else drives it. */
  async function ifFree<T>(sessionId: string, job: () => Promise<T>): Promise<T | null> {
    const lease = await leases.acquire(sessionId);
    return lease.granted ? ((await hereIfHeld(sessionId, job))?.value ?? null) : null;
  }

  async function serve(call: SessionCall): Promise<Outcome | 'declined'> {
    if (isStopping) return STOPPING;
    try {
      const done = await hereIfHeld(call.sessionId, () => perform(local, call));
      return done === null ? 'declined' : done.value;
    } catch (fault) {
      return ports.onCallFailed(fault, call);
    }
  }

  /** A session that is over or out of memory needs nobody to drive it. */
  async function giveBack(sessionId: string): Promise<void> {
    if (running.has(sessionId) || !leases.holds(sessionId)) return;
    await leases.release(sessionId);
  }

  /** Brings a copy that nobody keeps up to date as far as the log goes. */
  async function catchUp(sessionId: string): Promise<void> {
    const known = local.presentInMemory(sessionId);
    if (known === null) return;
    const tail = await log.read(sessionId, known.lastSeq, TAIL);
    if (tail.length === TAIL) local.forget(sessionId);
    else if (tail.length > 0) local.observe(sessionId, tail);
  }

  async function present(sessionId: string): Promise<SessionPresent | null> {
    if (leases.holds(sessionId)) return local.present(sessionId);
    await refresh(sessionId);
    const found = await local.present(sessionId);
    if (found !== null) hearing.reached(sessionId, found.lastSeq);
    // What has merely been read looks as if it stood still; whether it does is for those who drive it to say.
    if (found === null || found.status !== 'paused' || leases.holds(sessionId)) return found;
    const holder = await leases.holderOf(sessionId).catch(() => null);
    if (holder === null || leases.holds(sessionId)) return found;
    local.observe(sessionId, []);
    return local.present(sessionId);
  }

  /** What is in memory agrees with the log, or there is nothing. */
  async function refresh(sessionId: string): Promise<void> {
    if (leases.holds(sessionId) || hearing.hears(sessionId)) return;
    await hearing.tuned(sessionId);
    await catchUp(sessionId);
  }

  async function passivate(idleSince: number): Promise<number> {
    const count = await local.passivate(idleSince);
    const isOutOfMemory = (sessionId: string): boolean => local.presentInMemory(sessionId) === null;
    await Promise.all([...(leases.held() ?? [])].filter(isOutOfMemory).map(giveBack));
    return count;
  }

  return {
    create: (request) => local.create(request),
    branch: (request) => orUnavailable(() => local.branch(request)),
    goOn: (request) => orUnavailable(() => local.goOn(request)),
    open: (sessionId) => command({ method: 'open', sessionId }),
    act: (request) => command({ method: 'act', ...request }),
    close: (request) => command({ method: 'close', ...request }),
    rollBack: (request) => command({ method: 'rollBack', ...request }),
    takeSeat: (request) => command({ method: 'takeSeat', ...request }),
    releaseSeat: (request) => command({ method: 'releaseSeat', ...request }),
    giveFeedback: (request) => command({ method: 'giveFeedback', ...request }),
    evaluate: (request) => command({ method: 'evaluate', ...request }),
    hold: (request) => command({ method: 'hold', ...request }),
    release: (request) => command({ method: 'release', ...request }),
    announce: (request) => command({ method: 'announce', ...request }),
    end: (request) => command({ method: 'end', ...request }),
    pause: (sessionId) => toDriver({ method: 'pause', sessionId }),
    resume: async (sessionId) => void (await route({ method: 'resume', sessionId })),
    checkLimits: (sessionId) => toDriver({ method: 'checkLimits', sessionId }),
    recover: async (sessionId) => (await ifFree(sessionId, () => local.recover(sessionId))) ?? 'nothing',
    abandon: async (sessionId, idleSince) => {
      const isOver = (await ifFree(sessionId, () => local.abandon(sessionId, idleSince))) ?? false;
      if (isOver) await giveBack(sessionId);
      return isOver;
    },
    folded: async (sessionId) => {
      await refresh(sessionId);
      return local.folded(sessionId);
    },
    present,
    presentInMemory: (sessionId) =>
      leases.holds(sessionId) || hearing.hears(sessionId) ? local.presentInMemory(sessionId) : null,
    observe: (sessionId, events) => {
      if (!leases.holds(sessionId)) return local.observe(sessionId, events);
      // Either this is old, or somebody has taken the session from this node.
      const known = local.presentInMemory(sessionId)?.lastSeq ?? 0;
      if ((events.at(-1)?.seq ?? 0) > known) void leases.confirm(sessionId);
    },
    forget: (sessionId) => local.forget(sessionId),
    passivate,
    shutDown: () => {
      isStopping = true;
      return local.shutDown();
    },
    distrust: async (sessionId) => {
      if (leases.holds(sessionId) && (await leases.confirm(sessionId))) return;
      local.forget(sessionId);
    },
    letGo: async (sessionId) => {
      // Whoever came back to it meanwhile keeps it.
      if (running.has(sessionId) || local.presentInMemory(sessionId)?.status === 'active') return;
      local.forget(sessionId);
      await giveBack(sessionId);
    },
    get liveSessions() {
      return leases.held()?.size ?? local.liveSessions;
    },
  };
}
