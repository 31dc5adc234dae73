import { builtInGames } from '@dcs/engine';
import type { Clock, GameEntry, LanguageModel } from '@dcs/engine';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import path from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { createApp } from './app.ts';
import type { App } from './app.ts';
import type { Env } from './env.ts';
import { createHealthCheck } from './http/health.ts';
import { createHttpHandler } from './http/httpHandler.ts';
import { listen, urlOf } from './http/listen.ts';
import type { OriginPolicy } from './http/origin.ts';
import { offerToPages } from './http/pageHost.ts';
import { loadPages } from './http/pages.ts';
import { createSockets } from './http/sockets.ts';
import type { Sockets } from './http/sockets.ts';
import type { Logger } from './logger.ts';
import { selectModel } from './models/selectModel.ts';
import {
  createPersonalData,
  createSealer,
  loadPersonalDataKeys,
  parsePersonalDataKeys,
} from './security/index.ts';
import type { PersonalData } from './security/index.ts';
import { ensureAdmin, seed } from './seeding.ts';
import { systemTimers } from './services/timers.ts';
import type { Timers } from './services/timers.ts';
import { openDurableStorage, openMemoryStorage } from './storage.ts';
import type { Storage } from './storage.ts';
import { DEFAULT_LIMITS } from './stream/connection.ts';
import type { ConnectionLimits } from './stream/connection.ts';

export interface ServerOptions {
  readonly env: Env;
  readonly logger: Logger;
  /** Keeps nothing; no database is started. */
  readonly inMemory?: boolean;
  /** Leaves the pages out. */
  readonly headless?: boolean;
  /** The rest has the defaults of a real server, and is for tests and other hosts. */
  readonly storage?: Storage;
  /** Offered beside the built-in ones. */
  readonly moreGames?: readonly GameEntry[];
  /** Replaces the model that the settings name; not paced. */
  readonly model?: LanguageModel;
  readonly projectDir?: string;
  readonly clock?: Clock;
  readonly timers?: Timers;
  readonly limits?: Partial<ConnectionLimits>;
  /** Memory, CPU and event loop in the metrics. */
  readonly processMetrics?: boolean;
}

export interface RunningServer {
  /** Where to open it. */
  readonly url: string;
  readonly port: number;
  readonly storage: Storage['kind'];
  /** For people: what is kept where. */
  describeStorage(): string;
  /** Resolves with the failure when the database ends unasked. The server should then be stopped. */
  readonly failed: Promise<Error>;
  readonly app: App;
  /** Lets turns in flight end, pauses the sessions and closes everything. Safe to call again. */
  stop(): Promise<void>;
}

const PROJECT_DIR = path.resolve(import.meta.dirname, '../../..');
const SHUTDOWN_MS = 10_000;

/** Starts everything. Throws EnvError, StartError, DatabaseError, PersonalDataError or StoreUnavailable; then nothing is left running. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { env, logger } = options;
  const storage =
    options.storage ??
    (options.inMemory === true ? openMemoryStorage() : await openDurableStorage(env, logger));
  try {
    return await startOn(storage, options);
  } catch (cause) {
    await storage.close();
    throw cause;
  }
}

async function startOn(storage: Storage, options: ServerOptions): Promise<RunningServer> {
  const { env } = options;
  const clock = options.clock ?? { now: () => Date.now() };
  const timers = options.timers ?? systemTimers();
  const pages = options.headless === true ? null : await loadPages(pagesFile(options));
  const app = await openApp(storage, { options, clock, timers });
  const origins = originPolicy(env);
  const sockets = createSockets({
    contextOf: app.contextOf,
    keys: app.services.keys,
    metrics: app.metrics,
    origins,
    clock,
    timers,
    limits: { ...DEFAULT_LIMITS, messagesPerSecond: env.MESSAGES_PER_SECOND, ...options.limits },
    maxConnections: env.MAX_CONNECTIONS,
  });
  const handler = createHttpHandler({
    contextOf: app.contextOf,
    health: createHealthCheck({ ping: storage.ping, clock, timers }),
    status: app.services.server.status,
    metrics: app.metrics,
    origins,
    pages,
  });
  const server = createServer(handler);
  server.on('upgrade', sockets.upgrade);
  const withdraw = offerToPages(app);
  const stop = once(async () => {
    withdraw();
    await stopServing({ server, sockets, app, timers });
    await storage.close();
  });
  try {
    const port = await listen(server, { host: env.HOST, port: env.PORT });
    return {
      url: urlOf(env.HOST, port),
      port,
      storage: storage.kind,
      describeStorage: storage.describe,
      failed: storage.failed,
      app,
      stop,
    };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

async function openApp(
  storage: Storage,
  { options, clock, timers }: { options: ServerOptions; clock: Clock; timers: Timers },
): Promise<App> {
  const { env, logger } = options;
  const { stores } = storage;
  const model = options.model ?? (await selectModel(env, timers));
  const [games, personalData] = await Promise.all([
    seed({
      projectDir: options.projectDir ?? PROJECT_DIR,
      games: builtInGames,
      moreGames: options.moreGames ?? [],
      stores,
      clock,
      logger,
    }),
    openPersonalData(storage, env, clock),
    env.ADMIN_KEY === null ? null : ensureAdmin(stores, env.ADMIN_KEY, clock),
  ]);
  return createApp({
    stores,
    personalData,
    games,
    model,
    modelInfo: { id: model.id, scripted: model.id === 'scripted' },
    clock,
    timers,
    logger,
    settings: {
      mode: env.SERVER_MODE,
      storage: storage.kind,
      version: packageJson.version,
      sessionTtlMs: env.SESSION_TTL_SECONDS * 1000,
      pauseGraceMs: env.PAUSE_GRACE_SECONDS * 1000,
      liveSessionsPerPlayer: env.LIVE_SESSIONS_PER_PLAYER,
      arrivalsPerMinute: env.ARRIVALS_PER_MINUTE,
      origins: originPolicy(env),
      processMetrics: options.processMetrics ?? true,
    },
  });
}

function originPolicy(env: Env): OriginPolicy {
  return { allowed: env.CORS_ORIGINS, trustProxy: env.TRUST_PROXY === 'yes' };
}

function pagesFile({ projectDir = PROJECT_DIR }: ServerOptions): string {
  return path.join(projectDir, 'packages/web/build/handler.js');
}

/** A server that keeps nothing needs no key that outlives it. */
async function openPersonalData({ kind, stores }: Storage, env: Env, clock: Clock): Promise<PersonalData> {
  const throwAway = kind === 'memory' && env.PII_KEY === null;
  const keys = throwAway
    ? parsePersonalDataKeys(randomBytes(32).toString('hex'))
    : await loadPersonalDataKeys({
        piiKey: env.PII_KEY ?? undefined,
        keyFile: path.join(env.DATA_DIR, 'pii.key'),
      });
  return createPersonalData({ store: stores.personalData, sealer: createSealer(keys), clock });
}

interface Serving {
  readonly server: Server;
  readonly sockets: Sockets;
  readonly app: App;
  readonly timers: Timers;
}

/** In this order: no newcomers, clients warned, sessions safe, connections closed. */
async function stopServing({ server, sockets, app, timers }: Serving): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  sockets.announceRestart();
  await Promise.race([app.stop(), new Promise<void>((resolve) => timers.after(SHUTDOWN_MS, resolve))]);
  await sockets.close();
  server.closeAllConnections();
  await closed;
}

function once(job: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () => (running ??= job());
}
