import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AppPorts } from './appPorts.ts';
import { presentedKey } from './context.ts';
import type { ApiContext } from './context.ts';
import { createCore } from './core.ts';
import { createServices } from './createServices.ts';
import { createErrorReporter } from './errorReporter.ts';
import { errorShape } from './errorShape.ts';
import type { ErrorShape } from './errorShape.ts';
import { remoteAddress } from './http/origin.ts';
import type { Metrics } from './metrics/metrics.ts';
import { createCaller } from './routers/app.ts';
import type { ApiCaller } from './routers/app.ts';
import { hashAccessKey } from './security/index.ts';
import { createCallLimits } from './services/callLimits.ts';
import { createCallsInFlight } from './services/callsInFlight.ts';
import type { Services } from './services/services.ts';

/** Everything but the network. */
export interface App {
  readonly services: Services;
  readonly metrics: Metrics;
  /** The context of a request; never throws. */
  readonly contextOf: (req: IncomingMessage, connectionParams: Record<string, unknown> | null) => ApiContext;
  /** Calls procedures as whoever holds the key, without a network; for limits, the visitor's address. */
  readonly caller: (accessKey: string | null, visitor?: string) => ApiCaller;
  /** A thrown error as clients see it. */
  readonly errorShape: (error: unknown, path?: string) => ErrorShape;
  /** Sessions that are followed at this moment, for leak tests. */
  readonly readers: number;
  /** Joins the other nodes, and begins to see to what a crash left behind. Rejects with ClusterUnavailable. */
  start(): Promise<void>;
  /** Lets turns and calls end, pauses sessions and writes down what is left to write. */
  stop(): Promise<void>;
}

/** Once for a connection instead of for each of its calls, and so that no secret waits in memory. */
const hashOf = (accessKey: string | null): string | null =>
  accessKey === null ? null : hashAccessKey(accessKey);

/** Puts everything but the network together. */
export function createApp(ports: AppPorts): App {
  const { logger, settings, metrics } = ports;
  const core = createCore(ports);
  const { bus } = core;
  const services = createServices(ports, core);
  const errors = createErrorReporter({ logger, newId: randomUUID, onFault: metrics.fault });
  const inFlight = createCallsInFlight();
  metrics.watch('dcs_calls_in_flight', 'Calls that are not answered yet.', () => inFlight.size);
  const limits = createCallLimits({ clock: ports.clock, callsPerSecond: settings.callsPerSecond });
  const shared = { services, errors, meter: metrics.calls, limits, inFlight, refusal: null };
  return {
    services,
    metrics,
    contextOf: (req, connectionParams) => ({
      ...shared,
      keyHash: hashOf(presentedKey(req, connectionParams)),
      remoteAddress: remoteAddress(req, settings.origins),
    }),
    caller: (accessKey, visitor = 'pages') =>
      createCaller({ ...shared, keyHash: hashOf(accessKey), remoteAddress: visitor }),
    errorShape: (error, path) => errorShape(error, { errors, path }),
    get readers() {
      return bus.listeners;
    },
    start: async () => {
      await core.start();
      void services.experimentExports.clearAway();
    },
    stop: async () => {
      await core.stop();
      // Nothing is played any more; what is left are answers.
      await inFlight.idle();
      await services.keys.stop();
    },
  };
}
