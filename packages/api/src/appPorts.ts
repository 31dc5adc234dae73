import type { Clock, GameRegistry, Ids, LanguageModel, SnapshotPolicy, SnapshotStore } from '@dcs/engine';
import type { Cluster } from './cluster/cluster.ts';
import type { ModelDto, ServerMode } from './dto.ts';
import type { ExperimentFiles } from './experimentFiles.ts';
import type { OriginPolicy } from './http/origin.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { ExperimentCaps } from './models/experimentCaps.ts';
import type { ModelsInForce } from './models/modelsInForce.ts';
import type { PersonalData } from './security/index.ts';
import type { Timers } from './services/timers.ts';
import type { Stores } from './store/ports.ts';

/** What the procedures stand on: adapters and settings, all given. */
export interface AppPorts {
  readonly stores: Stores;
  /** Where snapshots are found sooner than in the stores; `null` when there is no such place. */
  readonly snapshotCache: SnapshotStore | null;
  /** The nodes that share the work; stopped with the app. */
  readonly cluster: Cluster;
  readonly personalData: PersonalData;
  /** The access key that follows another one by a command. */
  readonly successor: (keyId: string, commandId: string) => string;
  readonly games: GameRegistry;
  readonly experimentFiles: ExperimentFiles;
  readonly model: LanguageModel;
  /** For new sessions, so that a run can be played again; `null`: each gets a seed of its own. */
  readonly seeds: Ids | null;
  readonly modelInfo: ModelDto;
  readonly modelsInForce: ModelsInForce;
  /** Told what experiments let models use. */
  readonly experimentCaps: Pick<ExperimentCaps, 'put'>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly settings: AppSettings;
}

export interface AppSettings {
  readonly mode: ServerMode;
  /** Players play in it and nowhere else; `null`: they play what they like. */
  readonly defaultExperiment: string | null;
  readonly storage: 'memory' | 'durable';
  readonly version: string;
  readonly sessionTtlMs: number;
  readonly pauseGraceMs: number;
  readonly snapshots: SnapshotPolicy;
  /** `null`: sessions wait for their players for ever. */
  readonly abandonAfterMs: number | null;
  readonly liveSessionsPerPlayer: number;
  /** Sessions that models play at the same time at this server. */
  readonly modelPlayersAtOnce: number;
  readonly arrivalsPerMinute: number;
  /** The models that are asked to score, in their order: evaluations are known by it. */
  readonly judge: string;
  readonly callsPerSecond: number;
  /** Who is told of alerts of experiments; `null`: nobody. */
  readonly alertWebhookUrl: string | null;
  readonly origins: OriginPolicy;
}
