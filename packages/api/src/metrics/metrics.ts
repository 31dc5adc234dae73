import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { CallMeter } from '../context.ts';
import type { SessionFrame } from '../dto.ts';
import type { StreamMeter } from '../stream/sessionStream.ts';

export interface Metrics extends CallMeter {
  readonly stream: StreamMeter;
  connection(change: 1 | -1): void;
  readonly refusedConnection: (reason: string) => void;
  readonly fault: () => void;
  /** Everything in the Prometheus text format. */
  expose(): Promise<{ readonly contentType: string; readonly body: string }>;
}

export interface MetricsOptions {
  /** Sessions in memory that are not closed, at the time of asking. */
  readonly liveSessions: () => number;
  /** Memory, CPU and event loop of this process as well. */
  readonly ofProcess: boolean;
}

/** Metrics of one server; nothing is shared between two servers in one process. */
export function createMetrics({ liveSessions, ofProcess }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (ofProcess) collectDefaultMetrics({ register: registry });
  const calls = new Counter({
    name: 'dcs_calls_total',
    help: 'Procedures called.',
    labelNames: ['path', 'outcome'],
    registers,
  });
  const frames = new Counter({
    name: 'dcs_frames_total',
    help: 'Frames delivered.',
    labelNames: ['type'],
    registers,
  });
  const readers = new Gauge({ name: 'dcs_readers', help: 'Subscriptions to sessions.', registers });
  const connections = new Gauge({ name: 'dcs_connections', help: 'Open WebSocket connections.', registers });
  const refused = new Counter({
    name: 'dcs_refused_connections_total',
    help: 'WebSocket connections refused or cut.',
    labelNames: ['reason'],
    registers,
  });
  const faults = new Counter({ name: 'dcs_faults_total', help: 'Faults that nobody foresaw.', registers });
  const sessions = new Gauge({
    name: 'dcs_live_sessions',
    help: 'Sessions in memory that are not closed.',
    registers,
  });
  return {
    stream: {
      reader: (change) => readers.inc(change),
      frame: (type: SessionFrame['type']) => frames.inc({ type }),
    },
    call: (path, outcome) => calls.inc({ path, outcome }),
    connection: (change) => connections.inc(change),
    refusedConnection: (reason) => refused.inc({ reason }),
    fault: () => faults.inc(),
    expose: async () => {
      sessions.set(liveSessions());
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}
