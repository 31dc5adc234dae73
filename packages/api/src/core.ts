import { createSessionManager, failure, NO_SNAPSHOTS } from '@dcs/engine';
import type { SessionManager } from '@dcs/engine';
import { randomUUID } from 'node:crypto';
import type { AppPorts } from './appPorts.ts';
import { createLocalBus } from './bus/localBus.ts';
import type { LocalBus } from './bus/localBus.ts';
import { createClusteredManager } from './cluster/clusteredManager.ts';
import { createCrashRecovery } from './cluster/crashRecovery.ts';
import type { Estate } from './cluster/crashRecovery.ts';
import { keepTable, tableManager } from './cluster/table.ts';
import { errorFacts } from './errors.ts';
import type { Metrics } from './metrics/metrics.ts';
import { createMeteredModel } from './models/meteredModel.ts';
import { createLiveSessions } from './services/liveSessions.ts';
import type { LiveSessions } from './services/liveSessions.ts';

/** What drives sessions: the engine, and who is at the table. */
export interface Core {
  readonly manager: SessionManager;
  readonly bus: LocalBus;
  readonly live: LiveSessions;
  readonly metrics: Metrics;
  /** Joins the other nodes, and begins to see to what a crash left behind. Rejects with ClusterUnavailable. */
  start(): Promise<void>;
  /** Pauses sessions and writes down what is left to write. */
  stop(): Promise<void>;
}

const MOST_SWEEP_MS = 60_000;
/** How far what may lag is allowed to lag. */
const WRITE_BEHIND_MS = 1_000;

/** Puts sessions, the bus and the table together. */
export function createCore(ports: AppPorts): Core {
  const { stores, clock, timers, logger, settings, metrics, cluster } = ports;
  const report = (fault: unknown, context: { sessionId: string; during: string }): void => {
    metrics.fault();
    logger.error({ err: fault, ...context }, 'A session met a fault.');
  };
  const during = (what: string) => (fault: unknown, sessionId: string) =>
    report(fault, { sessionId, during: what });
  const shared = cluster.shareBus(createLocalBus(during('publish')), {
    log: stores.log,
    onFault: during('listen'),
  });
  const { bus } = shared;
  const manager = createClusteredManager({
    local: createManager(ports, { bus, report }),
    leases: cluster.leases,
    calls: cluster.calls,
    log: stores.log,
    timers,
    hearing: shared.hearing,
    onCallFailed: (fault, { sessionId, method }) => {
      report(fault, { sessionId, during: method });
      const { reason, message, retryable } = errorFacts(fault);
      return failure(reason, message, retryable);
    },
  });
  shared.onRecorded((sessionId, events) => manager.observe(sessionId, events));
  metrics.watch('dcs_live_sessions', 'Sessions in memory that are not closed.', () => manager.liveSessions);
  const { attendance } = cluster;
  const live = createLiveSessions({
    manager: tableManager(manager, attendance),
    timers,
    graceMs: settings.pauseGraceMs,
    onFault: during('presence'),
  });
  bus.tap((sessionId, message) => {
    const isEnd = message.type === 'events' && message.events.some(({ kind }) => kind === 'session_end');
    if (!isEnd) return;
    live.ended(sessionId);
    if (attendance.has(sessionId)) inBackground('leave', attendance.leave(sessionId));
  });
  keepTable({ manager, attendance, live, cluster, shared, onFault: during('go on') });
  const recovery = createCrashRecovery({ manager, attendance, sessions: stores.sessions, logger });
  const inBackground = (what: string, job: Promise<unknown>): void => {
    job.catch((fault: unknown) => during(what)(fault, ''));
  };
  cluster.onEstate(oneAtATime((estate: Estate) => recovery.afterOthers(estate), inBackground));
  const sweep = timers.every(Math.min(settings.sessionTtlMs, MOST_SWEEP_MS), () => {
    manager
      .passivate(clock.now() - settings.sessionTtlMs)
      .catch((fault: unknown) => during('passivate')(fault, ''));
  });
  return {
    manager,
    bus,
    live,
    metrics,
    start: async () => {
      const startedAt = clock.now();
      await cluster.start(() => ({
        startedAt,
        liveSessions: manager.liveSessions,
        readers: bus.listeners,
      }));
      inBackground('recover', recovery.afterStart());
    },
    stop: async () => {
      sweep.cancel();
      live.stop();
      await recovery.stop();
      await manager.shutDown();
      await cluster.stop();
    },
  };
}

/** Leaves out what comes while the last one is under way: there will be a next one. */
function oneAtATime<T>(
  job: (input: T) => Promise<unknown>,
  run: (what: string, job: Promise<unknown>) => void,
): (input: T) => void {
  let isBusy = false;
  return (input) => {
    if (isBusy) return;
    isBusy = true;
    const done = job(input).finally(() => {
      isBusy = false;
    });
    run('recover', done);
  };
}

interface ManagerOptions {
  readonly bus: LocalBus;
  readonly report: (fault: unknown, context: { sessionId: string; during: string }) => void;
}

function createManager(ports: AppPorts, { bus, report }: ManagerOptions): SessionManager {
  const { stores, games, clock, timers, metrics } = ports;
  const model = createMeteredModel(ports.model, { meter: metrics.models, now: () => performance.now() });
  return createSessionManager({
    log: ports.cluster.fence(stores.log),
    sessions: stores.sessions,
    characters: stores.characters,
    games,
    model,
    bus,
    clock,
    ids: { next: () => randomUUID() },
    pace: { next: () => new Promise((resolve) => timers.after(WRITE_BEHIND_MS, resolve)) },
    snapshots: NO_SNAPSHOTS,
    faults: { report },
    newCancellation: () => new AbortController(),
  });
}
