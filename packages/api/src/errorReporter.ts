import { TRPCError } from '@trpc/server';
import type { ErrorReporter } from './context.ts';
import type { Logger } from './logger.ts';

export interface ErrorReporterPorts {
  readonly logger: Pick<Logger, 'error' | 'debug'>;
  readonly newId: () => string;
  readonly onFault: () => void;
}

/** tRPC wraps errors anew on their way out; what lies beneath stays the same. */
function rootOf(error: unknown): unknown {
  return error instanceof TRPCError && error.cause instanceof Error ? rootOf(error.cause) : error;
}

/** Gives each error an id that stands in the log. What the caller did wrong is no fault and is logged for debugging. */
export function createErrorReporter({ logger, newId, onFault }: ErrorReporterPorts): ErrorReporter {
  const known = new WeakMap<object, string>();
  return {
    report: (error, facts, place) => {
      const root = rootOf(error);
      const isObject = typeof root === 'object' && root !== null;
      const before = isObject ? known.get(root) : undefined;
      if (before !== undefined) return before;
      const errorId = newId();
      if (isObject) known.set(root, errorId);
      const line = { errorId, reason: facts.reason, ...place };
      if (facts.unexpected) {
        onFault();
        logger.error({ ...line, err: root }, 'A call failed.');
      } else {
        logger.debug(line, 'A call was refused.');
      }
      return errorId;
    },
  };
}
