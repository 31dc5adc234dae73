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
import type { Services } from './services/services.ts';
import type { Backpressure } from './stream/backpressure.ts';

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

/** Puts everything but the network together. */
export function createApp(ports: AppPorts): App {
  const { logger, settings } = ports;
  const core = createCore(ports);
  const { metrics, bus } = core;
  const services = createServices(ports, core);
  const errors = createErrorReporter({ logger, newId: randomUUID, onFault: metrics.fault });
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
    stop: () => core.stop(),
  };
}
