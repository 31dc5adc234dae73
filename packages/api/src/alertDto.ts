/* What crosses the wire of what somebody should look at in experiments. All of it is for administrators. */

export const ALERT_KINDS = [
  'paused',
  'cap-near',
  'cap-reached',
  'model-failing',
  'model-player-gave-up',
  'model-player-waits',
  'session-stuck',
  'session-left',
  'session-held',
  'file-changed',
  'file-gone',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** Something that somebody should look at. */
export interface AlertDto {
  /** The same for as long as it lasts, and no other one of the experiment has it. */
  readonly id: string;
  readonly kind: AlertKind;
  readonly severity: 'warning' | 'error';
  /** A sentence that says what is so and what to do. */
  readonly message: string;
  /** The session it is about, if it is about one. */
  readonly sessionId: string | null;
}

/** How many alerts an experiment has, as of the last time that the server looked, at most a minute ago. */
export interface AlertCountsDto {
  readonly name: string;
  readonly title: string;
  readonly errors: number;
  readonly warnings: number;
}
