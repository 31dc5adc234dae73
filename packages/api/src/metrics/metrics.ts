import type { SnapshotMeter, TurnMeter } from '@dcs/engine';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { LeaseMeter } from '../cluster/leaseMeter.ts';
import type { RecoveryMeter } from '../cluster/recoveryTally.ts';
import type { CallMeter } from '../context.ts';
import type { ModelMeter } from '../models/meteredModel.ts';
import type { ProviderMeter } from '../models/providerMeter.ts';
import type { GroupCommitMeter } from '../store/groupCommit.ts';
import type { ConnectionMeter } from '../stream/connection.ts';
import type { StreamMeter } from '../stream/follower.ts';
import { createInstruments } from './instruments.ts';
import type { GaugesAbout, LabelledValue } from './instruments.ts';
import { createCallMeter, createConnectionMeter, createStreamMeter } from './networkMetrics.ts';
import {
  createCommitMeter,
  createLeaseMeter,
  createModelMeter,
  createProviderMeter,
  createRecoveryMeter,
  createSnapshotMeter,
  createTurnMeter,
} from './playMetrics.ts';

/** What every part of a server reports to. Each part states what it has to tell; here it becomes figures. */
export interface Metrics {
  readonly turns: TurnMeter;
  readonly models: ModelMeter;
  readonly providers: ProviderMeter;
  readonly commits: GroupCommitMeter;
  readonly snapshots: SnapshotMeter;
  readonly leases: LeaseMeter;
  readonly recoveries: RecoveryMeter;
  readonly calls: CallMeter;
  readonly stream: StreamMeter;
  readonly connections: ConnectionMeter;
  /** Something failed that nobody foresaw. */
  readonly fault: () => void;
  /** A figure that is read whenever somebody asks. Its name is a Prometheus name. */
  watch(name: string, help: string, read: () => number): void;
  /** The same for several figures, told apart by labels. */
  watchEach(about: GaugesAbout, read: () => readonly LabelledValue[]): void;
  /** Everything in the Prometheus text format. */
  expose(): Promise<{ readonly contentType: string; readonly body: string }>;
}

export interface MetricsOptions {
  readonly version: string;
  /** Memory, CPU and event loop of this process as well. */
  readonly ofProcess: boolean;
}

/** Metrics of one server; nothing is shared between two servers in one process. */
export function createMetrics({ version, ofProcess }: MetricsOptions): Metrics {
  const instruments = createInstruments();
  const ofThisProcess = new Registry();
  if (ofProcess) collectDefaultMetrics({ register: ofThisProcess });
  instruments.info(
    { name: 'dcs_build_info', help: 'What is running.' },
    { version, node: process.versions.node },
  );
  const faults = instruments.count({ name: 'dcs_faults_total', help: 'Faults that nobody foresaw.' })();
  return {
    turns: createTurnMeter(instruments),
    models: createModelMeter(instruments),
    providers: createProviderMeter(instruments),
    commits: createCommitMeter(instruments),
    snapshots: createSnapshotMeter(instruments),
    leases: createLeaseMeter(instruments),
    recoveries: createRecoveryMeter(instruments),
    calls: createCallMeter(instruments),
    stream: createStreamMeter(instruments),
    connections: createConnectionMeter(instruments),
    fault: () => faults.add(),
    watch: (name, help, read) => instruments.gauge({ name, help }, read),
    watchEach: (about, read) => instruments.gauges(about, read),
    expose: async () => ({
      contentType: ofThisProcess.contentType,
      body: [instruments.text(), ofProcess ? await ofThisProcess.metrics() : ''].join('\n'),
    }),
  };
}
