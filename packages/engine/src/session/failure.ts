/** Why a request to a session had no effect. Stable: clients branch on these; a reason is never reused. */
export const SESSION_REASONS = [
  'session/not-found',
  'session/closed',
  'session/not-opened',
  'session/unavailable',
  'session/interrupted',
  'session/held',
  'session/not-held',
  'session/create-conflict',
  'seat/unknown',
  'seat/not-held',
  'seat/taken',
  'input/not-text',
  'input/not-an-action',
  'input/invalid-action',
  'input/empty',
  'rollback/not-permitted',
  'rollback/out-of-range',
  'branch/out-of-range',
  'branch/over',
  'branch/not-over',
  'branch/no-way-on',
  'feedback/not-found',
  'evaluation/not-scored',
  'evaluation/not-over',
  'game/unknown',
  'game/invalid-config',
  'character/unknown',
  'character/not-allowed',
  'character/none-available',
] as const;
export type SessionReason = (typeof SESSION_REASONS)[number];

/** A refusal as a value. `message` tells a person what to do next. A game may add reasons of its own. */
export interface Failure {
  readonly ok: false;
  readonly reason: SessionReason | (string & {});
  readonly message: string;
  /** Whether the same request, sent again a little later, may succeed. */
  readonly retryable: boolean;
}

export function failure(reason: SessionReason | (string & {}), message: string, retryable = false): Failure {
  return { ok: false, reason, message, retryable };
}

export const NOT_FOUND = failure('session/not-found', 'There is no such session.');

/** The players went away in the middle of a turn. Sent again, the command finds its turn or finishes it. */
export const INTERRUPTED = failure(
  'session/interrupted',
  'The session was paused in the middle of this turn. It goes on when a player is back.',
  true,
);

export const CLOSED = failure(
  'session/closed',
  'This session has ended. You can reread it or start a new one.',
);

/** Not for the sender to repeat: only those who hold it can say when it goes on. */
export const HELD = failure(
  'session/held',
  'Those who run this session have paused it. It will go on, and nothing that you have said or written is lost.',
);
