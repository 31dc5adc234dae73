import { createSessionManager } from '@dcs/engine';
import type { Clock, FaultReporter, GameRegistry, LanguageModel } from '@dcs/engine';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createLocalBus } from './bus/localBus.ts';
import { presentedKey } from './context.ts';
import type { ApiContext } from './context.ts';
import type { ModelDto, ServerMode } from './dto.ts';
import { createErrorReporter } from './errorReporter.ts';
import { errorShape } from './errorShape.ts';
import type { ErrorShape } from './errorShape.ts';
import { remoteAddress } from './http/origin.ts';
import type { OriginPolicy } from './http/origin.ts';
import type { Logger } from './logger.ts';
import { createMetrics } from './metrics/metrics.ts';
import type { Metrics } from './metrics/metrics.ts';
import { createCaller } from './routers/app.ts';
import type { ApiCaller } from './routers/app.ts';
import { hashAccessKey, newAccessKey } from './security/index.ts';
import type { PersonalData } from './security/index.ts';
import { createCastLabels } from './services/castLabels.ts';
import { createCatalogService } from './services/catalogService.ts';
import { createKeyRing } from './services/keyRing.ts';
import { createLiveSessions } from './services/liveSessions.ts';
import { createPlayerService } from './services/playerService.ts';
import { createPlayService } from './services/playService.ts';
import { createRateLimiter } from './services/rateLimiter.ts';
import { createServerService } from './services/serverService.ts';
import type { Services } from './services/services.ts';
import { createSessionAccess } from './services/sessionAccess.ts';
import { createSessionService } from './services/sessionService.ts';
import type { Timers } from './services/timers.ts';
import type { Stores } from './store/ports.ts';
import type { Backpressure } from './stream/backpressure.ts';
import { createSessionStream } from './stream/sessionStream.ts';

/** What the procedures stand on: adapters and settings, all given. */
export interface AppPorts {
  readonly stores: Stores;
  readonly personalData: PersonalData;
  readonly games: GameRegistry;
  readonly model: LanguageModel;
  readonly modelInfo: ModelDto;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly settings: AppSettings;
}

export interface AppSettings {
  readonly mode: ServerMode;
  readonly storage: 'memory' | 'durable';
  readonly version: string;
  readonly sessionTtlMs: number;
  readonly pauseGraceMs: number;
  readonly liveSessionsPerPlayer: number;
  readonly arrivalsPerMinute: number;
  readonly origins: OriginPolicy;
  readonly processMetrics: boolean;
}

/** Everything but the network. */
export interface App {
  readonly services: Services;
  readonly metrics: Metrics;
  /** The context of a request; never throws. */
  readonly contextOf: (
    req: IncomingMessage,
    connectionParams: Record<string, unknown> | null,
    backpressure?: Backpressure | null,
  ) => ApiContext;
  /** Calls procedures as whoever holds the key, without a network; for limits, the visitor's address. */
  readonly caller: (accessKey: string | null, visitor?: string) => ApiCaller;
  /** A thrown error as clients see it. */
  readonly errorShape: (error: unknown) => ErrorShape;
  /** Readers at this moment, for leak tests. */
  readonly readers: number;
  /** Pauses sessions and writes down what is left to write. */
  stop(): Promise<void>;
}

/** A crowd may come at once; only a steady stream of new accounts is held back. */
const ARRIVALS_BURST = 1_000;
const MOST_SWEEP_MS = 60_000;

/** Puts the parts together. */
export function createApp(ports: AppPorts): App {
  const { stores, clock, timers, logger, settings, games } = ports;
  const faults: FaultReporter = {
    report: (fault, { sessionId, during }) => {
      metrics.fault();
      logger.error({ err: fault, sessionId, during }, 'A session met a fault.');
    },
  };
  const onFault = (during: string) => (fault: unknown, sessionId: string) =>
    faults.report(fault, { sessionId, during });
  const bus = createLocalBus(onFault('publish'));
  const manager = createSessionManager({
    log: stores.log,
    sessions: stores.sessions,
    characters: stores.characters,
    games,
    model: ports.model,
    bus,
    clock,
    ids: { next: () => randomUUID() },
    faults,
    newCancellation: () => new AbortController(),
  });
  const metrics = createMetrics({
    liveSessions: () => manager.liveSessions,
    ofProcess: settings.processMetrics,
  });
  const live = createLiveSessions({
    manager,
    timers,
    graceMs: settings.pauseGraceMs,
    onFault: onFault('presence'),
  });
  bus.tap((sessionId, message) => {
    if (message.type === 'events' && message.events.some((event) => event.kind === 'session_end'))
      live.ended(sessionId);
  });
  const services = createServices(ports, { manager, bus, live, metrics });
  const errors = createErrorReporter({ logger, newId: randomUUID, onFault: metrics.fault });
  const sweep = timers.every(Math.min(settings.sessionTtlMs, MOST_SWEEP_MS), () => {
    manager
      .passivate(clock.now() - settings.sessionTtlMs)
      .catch((fault: unknown) => onFault('passivate')(fault, ''));
  });
  const shared = { services, errors, meter: metrics };
  return {
    services,
    metrics,
    contextOf: (req, connectionParams, backpressure = null) => ({
      ...shared,
      accessKey: presentedKey(req, connectionParams),
      remoteAddress: remoteAddress(req, settings.origins),
      backpressure,
    }),
    caller: (accessKey, visitor = 'pages') =>
      createCaller({ ...shared, accessKey, remoteAddress: visitor, backpressure: null }),
    errorShape: (error) => errorShape(error, { errors, path: undefined }),
    get readers() {
      return bus.listeners;
    },
    stop: async () => {
      sweep.cancel();
      live.stop();
      await manager.shutDown();
    },
  };
}

interface Core {
  readonly manager: ReturnType<typeof createSessionManager>;
  readonly bus: ReturnType<typeof createLocalBus>;
  readonly live: ReturnType<typeof createLiveSessions>;
  readonly metrics: Metrics;
}

function createServices(ports: AppPorts, { manager, bus, live, metrics }: Core): Services {
  const { stores, clock, timers, settings, games } = ports;
  const newId = (): string => randomUUID();
  const { log, sessions, characters, players, accessKeys, audit } = stores;
  const dtoPorts = { games, labels: createCastLabels(characters), model: ports.modelInfo };
  const access = createSessionAccess({ manager, sessions });
  const keys = createKeyRing({
    accessKeys,
    players,
    clock,
    newId,
    newKey: newAccessKey,
    hash: hashAccessKey,
  });
  const stream = createSessionStream({
    ...dtoPorts,
    manager,
    log,
    bus,
    live,
    clock,
    timers,
    meter: metrics.stream,
  });
  const arrivals = createRateLimiter({
    clock,
    burst: ARRIVALS_BURST,
    perSecond: settings.arrivalsPerMinute / 60,
  });
  return {
    keys,
    server: createServerService({
      config: { mode: settings.mode, storage: settings.storage, model: ports.modelInfo },
      version: settings.version,
      clock,
      manager,
    }),
    players: createPlayerService({
      players,
      personalData: ports.personalData,
      audit,
      keys,
      clock,
      newId,
      mode: settings.mode,
      arrivals,
    }),
    catalog: createCatalogService({ games, characters }),
    play: createPlayService({
      manager,
      games,
      characters,
      access,
      live,
      stream,
      newId,
      liveSessionsPerPlayer: settings.liveSessionsPerPlayer,
    }),
    sessions: createSessionService({ ...dtoPorts, manager, sessions, log, access, live }),
  };
}
