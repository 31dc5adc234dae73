export const START_REASONS = [
  'server/port-taken',
  'server/port-forbidden',
  'server/bad-host',
  'server/no-pages',
  'cluster/unavailable',
  'auth/bad-admin-key',
  'experiment/unknown-default',
] as const;
export type StartReason = (typeof START_REASONS)[number];

/** The server cannot start; the operator must act, and the message says how. */
export class StartError extends Error {
  readonly reason: StartReason;

  constructor(reason: StartReason, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StartError';
    this.reason = reason;
  }
}
