export type PersonalDataReason =
  | 'personal-data/bad-key'
  | 'personal-data/bad-key-file'
  | 'personal-data/unknown-key'
  | 'personal-data/malformed'
  | 'personal-data/tampered';

/** Personal data cannot be sealed or opened. The operator must act; the message says how, and holds no secret. */
export class PersonalDataError extends Error {
  readonly reason: PersonalDataReason;

  constructor(reason: PersonalDataReason, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'PersonalDataError';
    this.reason = reason;
  }
}
