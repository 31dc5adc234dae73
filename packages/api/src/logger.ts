import pino from 'pino';
import type { Logger } from 'pino';

export type { Logger } from 'pino';

/** Logs as lines of JSON to standard error; standard output belongs to the command line. */
export function createLogger(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}
