export const TAPE_REASONS = [
  'tape/exists',
  'tape/unwritable',
  'tape/unreadable',
  'tape/foreign',
  'tape/other-version',
  'tape/damaged',
] as const;
export type TapeReason = (typeof TAPE_REASONS)[number];

/** A tape cannot be begun or used; the operator must act, and the message says how. */
export class TapeError extends Error {
  readonly reason: TapeReason;

  constructor(reason: TapeReason, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'TapeError';
    this.reason = reason;
  }
}
