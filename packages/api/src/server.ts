import { builtInGames } from '@dcs/engine';
import type { Clock, ExperimentConfig, GameEntry, LanguageModel } from '@dcs/engine';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { createApp } from './app.ts';
import type { App } from './app.ts';
import type { Env } from './env.ts';
import { assertPortFree, urlOf } from './http/listen.ts';
import { openExperimentFiles } from './experimentFiles.ts';
import type { HealthCheck } from './http/health.ts';
import { createNetwork } from './http/network.ts';
import type { PageHandler } from './http/httpHandler.ts';
import { loadPages } from './http/pages.ts';
import type { Logger } from './logger.ts';
import { createMetrics } from './metrics/metrics.ts';
import type { Metrics } from './metrics/metrics.ts';
import { createExperimentCaps } from './models/experimentCaps.ts';
import type { ExperimentCaps } from './models/experimentCaps.ts';
import { onlyModel } from './models/modelsInForce.ts';
import { openModels } from './models/openModels.ts';
import type { OpenedModels } from './models/openModels.ts';
import {
  createKeySuccession,
  createPersonalData,
  createSealer,
  loadPersonalDataKeys,
  PERSONAL_DATA_KEY_FILE,
  parsePersonalDataKeys,
} from './security/index.ts';
import type { PersonalDataKeys } from './security/index.ts';
import { openCluster } from './openCluster.ts';
import type { OpenedCluster } from './openCluster.ts';
import { ensureAdmin, logProblems, seed } from './seeding.ts';
import { limitsFrom, originPolicy, settingsFrom } from './settings.ts';
import { systemTimers } from './services/timers.ts';
import type { Timers } from './services/timers.ts';
import { StartError } from './startError.ts';
import { openDurableStorage, openMemoryStorage } from './storage.ts';
import type { Storage } from './storage.ts';
import type { Stores } from './store/ports.ts';
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
  /** Offered beside those that have a file. */
  readonly moreExperiments?: readonly ExperimentConfig[];
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

/** Starts everything. Throws EnvError, TapeError, StartError, DatabaseError, PersonalDataError or StoreUnavailable; then nothing is left running. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { env } = options;
  await assertPortFree({ host: env.HOST, port: env.PORT });
  // The pages load while the database starts. A failure is met where they are awaited.
  const pages = options.headless === true ? Promise.resolve(null) : loadPages(pagesFile(options));
  pages.catch(() => undefined);
  const metrics = createMetrics({
    version: packageJson.version,
    ofProcess: options.processMetrics ?? true,
  });
  const storage = await openStorage(options, metrics);
  try {
    return await startOn(storage, { ...options, pages: await pages, metrics });
  } catch (cause) {
    await storage.close();
    throw cause;
  }
}

async function openStorage(
  { storage, inMemory = false, env, logger }: ServerOptions,
  { commits }: Metrics,
): Promise<Storage> {
  if (storage !== undefined) return storage;
  return inMemory ? openMemoryStorage() : openDurableStorage(env, { logger, commits });
}

interface StartOptions extends ServerOptions {
  readonly pages: PageHandler | null;
  readonly metrics: Metrics;
}

async function startOn(storage: Storage, options: StartOptions): Promise<RunningServer> {
  const { env, logger, pages } = options;
  const clock = options.clock ?? { now: () => Date.now() };
  const timers = options.timers ?? systemTimers();
  const opened = await openCluster(env, { timers, logger, meter: options.metrics.leases });
  const { cluster, snapshotCache } = opened;
  const experimentCaps = createExperimentCaps();
  const models = await openModelsFor(storage, options, { clock, timers, experimentCaps }).catch(
    (cause: unknown) => {
      opened.close();
      throw cause;
    },
  );
  const app = await openApp(storage, {
    options,
    models,
    experimentCaps,
    cluster,
    snapshotCache,
    clock,
    timers,
  });
  const network = createNetwork({
    app,
    checks: [...checksOf(storage), ...(cluster.health === null ? [] : [cluster.health])],
    pages,
    origins: originPolicy(env),
    limits: limitsFrom(env, options.limits),
    clock,
    timers,
    logger,
  });
  const stop = async (): Promise<void> => {
    await network.stop();
    await models.stop();
    opened.close();
  };
  const port = await begin().catch(async (cause: unknown) => {
    await stop();
    throw cause;
  });

  /** Newcomers are let in when this server is one of the nodes. */
  async function begin(): Promise<number> {
    await app.start();
    return network.listen({ host: env.HOST, port: env.PORT });
  }

  return {
    url: urlOf(env.HOST, port),
    port,
    storage: storage.kind,
    describeStorage: storage.describe,
    failed: storage.failed,
    app,
    stop: once(async () => {
      await stop();
      await storage.close();
    }),
  };
}

/** A model that was given stays as it is: it is not recorded and not limited. */
function openModelsFor(
  { stores }: Storage,
  { model, env, logger, metrics }: StartOptions,
  { clock, timers, experimentCaps }: Pick<OpenOptions, 'clock' | 'timers' | 'experimentCaps'>,
): Promise<OpenedModels> {
  if (model !== undefined) {
    const inForce = onlyModel(model);
    return Promise.resolve({
      model,
      inForce,
      problemsOf: () => [],
      seeds: null,
      stop: () => Promise.resolve(),
    });
  }
  return openModels(env, { stores, timers, now: () => clock.now(), logger, metrics, experimentCaps });
}

interface OpenOptions extends Pick<OpenedCluster, 'cluster' | 'snapshotCache'> {
  readonly options: StartOptions;
  readonly models: OpenedModels;
  readonly experimentCaps: ExperimentCaps;
  readonly clock: Clock;
  readonly timers: Timers;
}

async function openApp(storage: Storage, opened: OpenOptions): Promise<App> {
  const { options, models, experimentCaps, cluster, snapshotCache, clock, timers } = opened;
  const { model, seeds, inForce, problemsOf } = models;
  const { env, logger } = options;
  const { stores } = storage;
  const projectDir = options.projectDir ?? PROJECT_DIR;
  const moreGames = options.moreGames ?? [];
  const [games, keys] = await Promise.all([
    seed({
      projectDir,
      games: builtInGames,
      modelProblems: problemsOf,
      moreGames,
      stores,
      clock,
      logger,
    }),
    openPersonalDataKeys(storage, env),
    env.ADMIN_KEY === null ? null : ensureAdmin(stores, env.ADMIN_KEY, clock),
  ]);
  const experimentFiles = await openExperimentFiles({
    projectDir,
    games,
    gameNames: [...builtInGames, ...moreGames.map(({ game }) => game)].map(({ name }) => name),
    characters: stores.characters,
    modelProblems: problemsOf,
    more: options.moreExperiments ?? [],
  });
  logProblems(experimentFiles.problems, logger);
  await assertThere(env, experimentFiles.offered, stores);
  return createApp({
    stores,
    snapshotCache,
    cluster,
    personalData: createPersonalData({ store: stores.personalData, sealer: createSealer(keys), clock }),
    successor: createKeySuccession(keys),
    games,
    experimentFiles,
    model,
    seeds,
    modelInfo: { id: model.id, scripted: model.id === 'scripted' },
    modelsInForce: inForce,
    experimentCaps,
    clock,
    timers,
    logger,
    metrics: options.metrics,
    settings: settingsFrom(env, storage.kind),
  });
}

/**
 * A server that is for an experiment that it does not have would turn everybody away. One that has begun goes by the
 * configuration that it began with, whatever becomes of its file.
 */
async function assertThere(
  { DEFAULT_EXPERIMENT: name }: Env,
  offered: readonly ExperimentConfig[],
  { experimentLog }: Stores,
): Promise<void> {
  if (name === null || offered.some((config) => config.name === name)) return;
  const [begun] = await experimentLog.read(name, 0, 1);
  if (begun !== undefined) return;
  const known = offered.map((config) => config.name).join(', ');
  const message = `DEFAULT_EXPERIMENT is ${name}, and there is no such experiment. There are: ${known}.`;
  throw new StartError('experiment/unknown-default', message);
}

function checksOf({ ping }: Storage): readonly HealthCheck[] {
  const message = 'The database does not answer.';
  return [{ name: 'database', reason: 'store/unavailable', message, check: ping }];
}

function pagesFile({ projectDir = PROJECT_DIR }: ServerOptions): string {
  return path.join(projectDir, 'packages/web/build/handler.js');
}

/** A server that keeps nothing needs no key that outlives it. */
async function openPersonalDataKeys({ kind }: Storage, env: Env): Promise<PersonalDataKeys> {
  const throwAway = kind === 'memory' && env.PII_KEY === null;
  return throwAway
    ? parsePersonalDataKeys(randomBytes(32).toString('hex'))
    : await loadPersonalDataKeys({
        piiKey: env.PII_KEY ?? undefined,
        keyFile: path.join(env.DATA_DIR, PERSONAL_DATA_KEY_FILE),
      });
}

function once(job: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () => (running ??= job());
}
