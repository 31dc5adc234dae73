import pino from 'pino';
import type { DestinationStream, Logger } from 'pino';

export type { Logger } from 'pino';

const LONGEST_MESSAGE = 1_000;
const MOST_CAUSES = 5;

/**
 * What of an error belongs into a log: where it happened and why. Errors of libraries carry whole documents and requests
 * along, and with them what people wrote; none of that is looked at.
 */
function describeError(error: unknown, depth = 0): object {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'Something other than an error was thrown.' };
  const { name, message, stack, cause } = error;
  return {
    type: name,
    message: message.slice(0, LONGEST_MESSAGE),
    ...('code' in error && (typeof error.code === 'string' || typeof error.code === 'number')
      ? { code: error.code }
      : {}),
    ...('reason' in error && typeof error.reason === 'string' ? { reason: error.reason } : {}),
    stack: framesOf(stack),
    ...(cause === undefined || depth === MOST_CAUSES ? {} : { cause: describeError(cause, depth + 1) }),
  };
}

/** The stack without the message, which stands before it and may be long. */
function framesOf(stack: string | undefined): string {
  return (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}

/**
 * Logs as lines of JSON, to standard error unless another destination is given; standard output belongs to the command
 * line. An error goes under `err`.
 */
export function createLogger(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: (error: unknown) => describeError(error) },
    },
    destination,
  );
}
