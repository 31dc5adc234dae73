import { createSessionManager, NO_SNAPSHOTS } from '@dcs/engine';
import type { SessionManager } from '@dcs/engine';
import { randomUUID } from 'node:crypto';
import type { AppPorts } from './appPorts.ts';
import { createLocalBus } from './bus/localBus.ts';
import type { LocalBus } from './bus/localBus.ts';
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
  /** Pauses sessions and writes down what is left to write. */
  stop(): Promise<void>;
}

const MOST_SWEEP_MS = 60_000;
/** How far what may lag is allowed to lag. */
const WRITE_BEHIND_MS = 1_000;

/** Puts sessions, the bus and the table together. */
export function createCore(ports: AppPorts): Core {
  const { clock, timers, logger, settings, metrics } = ports;
  const report = (fault: unknown, context: { sessionId: string; during: string }): void => {
    metrics.fault();
    logger.error({ err: fault, ...context }, 'A session met a fault.');
  };
  const during = (what: string) => (fault: unknown, sessionId: string) =>
    report(fault, { sessionId, during: what });
  const bus = createLocalBus(during('publish'));
  const manager = createManager(ports, { bus, report });
  metrics.watch('dcs_live_sessions', 'Sessions in memory that are not closed.', () => manager.liveSessions);
  const live = createLiveSessions({
    manager,
    timers,
    graceMs: settings.pauseGraceMs,
    onFault: during('presence'),
  });
  bus.tap((sessionId, message) => {
    const isEnd = message.type === 'events' && message.events.some(({ kind }) => kind === 'session_end');
    if (isEnd) live.ended(sessionId);
  });
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
    stop: async () => {
      sweep.cancel();
      live.stop();
      await manager.shutDown();
    },
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
    log: stores.log,
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
