import { createSessionManager, createSnapshots, failure } from '@dcs/engine';
import type { LanguageModel, Pace, SessionManager, Snapshots } from '@dcs/engine';
import { randomUUID } from 'node:crypto';
import type { AppPorts } from './appPorts.ts';
import { createLocalBus } from './bus/localBus.ts';
import type { LocalBus } from './bus/localBus.ts';
import { createClusteredManager } from './cluster/clusteredManager.ts';
import type { ClusteredManager } from './cluster/clusteredManager.ts';
import { createCrashRecovery } from './cluster/crashRecovery.ts';
import type { Estate } from './cluster/crashRecovery.ts';
import { keepTable, tableManager } from './cluster/table.ts';
import { errorFacts } from './errors.ts';
import { createExperiments } from './experiments.ts';
import type { Experiments } from './experiments.ts';
import { createHousekeeping } from './housekeeping.ts';
import type { Metrics } from './metrics/metrics.ts';
import { createMeteredModel } from './models/meteredModel.ts';
import { createExperimentMoments } from './services/experiments/experimentMoments.ts';
import { createModelPlayers } from './services/experiments/modelPlayers/index.ts';
import type { ModelPlayers } from './services/experiments/modelPlayers/index.ts';
import { offeredHere } from './services/experiments/offeredHere.ts';
import { createLiveSessions } from './services/liveSessions.ts';
import type { LiveSessions } from './services/liveSessions.ts';

/** What drives sessions: the engine, and who is at the table. */
export interface Core {
  readonly manager: ClusteredManager;
  readonly bus: LocalBus;
  readonly live: LiveSessions;
  readonly experiments: Experiments;
  readonly modelPlayers: ModelPlayers;
  readonly metrics: Metrics;
  /** Joins the other nodes, and begins to see to what a crash left behind. Rejects with ClusterUnavailable. */
  start(): Promise<void>;
  /** Pauses sessions and writes down what is left to write. */
  stop(): Promise<void>;
}

const MOST_SWEEP_MS = 60_000;
/* What may lag behind the log is written at this pace. */
const SUMMARIES_EVERY_MS = 250;
const SNAPSHOTS_EVERY_MS = 1_000;

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
  const snapshots = openSnapshots(ports, report);
  const model = createMeteredModel(ports.model, { meter: metrics.models, now: () => performance.now() });
  const manager = createClusteredManager({
    local: createManager(ports, { model, bus, snapshots, report }),
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
    mostPerOwner: settings.liveSessionsPerPlayer,
    onFault: during('presence'),
  });
  bus.tap((sessionId, message) => {
    const isEnd = message.type === 'events' && message.events.some(({ kind }) => kind === 'session_end');
    if (!isEnd) return;
    live.ended(sessionId);
    if (cluster.leases.holds(sessionId)) {
      experiments.endings.ended(sessionId);
      housekeeping.ended(sessionId);
    }
    if (attendance.has(sessionId)) inBackground('leave', attendance.leave(sessionId));
  });
  keepTable({ manager, attendance, live, cluster, shared, onFault: during('go on') });
  const experiments = createExperiments(ports, {
    sessions: manager,
    waitingPlayers: (name) => modelPlayers.waitingIn(name),
    onFault: during('experiment'),
  });
  const modelPlayers = openModelPlayers(ports, {
    manager,
    live,
    experiments,
    model,
    onFault: during('play'),
  });
  const housekeeping = createHousekeeping(ports, { manager, snapshots, onFault: during('housekeeping') });
  const recovery = createCrashRecovery({
    manager,
    attendance,
    sessions: stores.sessions,
    timers,
    logger,
    meter: metrics.recoveries,
  });
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
    experiments,
    modelPlayers,
    metrics,
    start: async () => {
      const startedAt = clock.now();
      await cluster.start(() => ({
        startedAt,
        liveSessions: manager.liveSessions,
        readers: bus.listeners,
      }));
      inBackground('recover', recovery.afterStart());
      housekeeping.start();
      experiments.start(startedAt);
      modelPlayers.start();
    },
    stop: async () => {
      sweep.cancel();
      const left = modelPlayers.stop();
      live.stop();
      await recovery.stop();
      await manager.shutDown();
      await left;
      await experiments.stop();
      await housekeeping.stop();
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

type Report = (fault: unknown, context: { sessionId: string; during: string }) => void;

function paceOf({ timers }: Pick<AppPorts, 'timers'>, ms: number): Pace {
  return { next: () => new Promise((resolve) => timers.after(ms, resolve)) };
}

function openSnapshots(ports: AppPorts, report: Report): Snapshots {
  const { stores, snapshotCache, clock, metrics, settings } = ports;
  return createSnapshots({
    stores: snapshotCache === null ? [stores.snapshots] : [snapshotCache, stores.snapshots],
    policy: settings.snapshots,
    log: stores.log,
    clock,
    pace: paceOf(ports, SNAPSHOTS_EVERY_MS),
    faults: { report },
    meter: metrics.snapshots,
  });
}

interface ModelPlayerOptions {
  readonly manager: SessionManager;
  readonly live: LiveSessions;
  readonly experiments: Experiments;
  readonly model: LanguageModel;
  readonly onFault: (fault: unknown, experiment: string) => void;
}

function openModelPlayers(ports: AppPorts, options: ModelPlayerOptions): ModelPlayers {
  const { stores, clock, timers, settings, cluster } = ports;
  const { manager: experiments, endings } = options.experiments;
  const plans = offeredHere(options.experiments.plans, settings);
  return createModelPlayers({
    ...options,
    experiments,
    plans,
    moments: createExperimentMoments({ experiments, plans, endings }),
    log: stores.log,
    tasks: cluster.tasks,
    clock,
    timers,
    mostAtOnce: settings.modelPlayersAtOnce,
  });
}

interface ManagerOptions {
  readonly model: LanguageModel;
  readonly bus: LocalBus;
  readonly snapshots: Snapshots;
  readonly report: Report;
}

function createManager(ports: AppPorts, { model, bus, snapshots, report }: ManagerOptions): SessionManager {
  const { stores, games, clock, metrics } = ports;
  return createSessionManager({
    log: ports.cluster.fence(stores.log),
    sessions: stores.sessions,
    characters: stores.characters,
    games,
    model,
    bus,
    clock,
    ids: { next: () => randomUUID() },
    ...(ports.seeds === null ? {} : { seeds: ports.seeds }),
    pace: paceOf(ports, SUMMARIES_EVERY_MS),
    snapshots,
    faults: { report },
    meter: metrics.turns,
  });
}
