/** Labelled cases cannot be used; the message names the file, the place and what to mend. */
export class CaseError extends Error {
  readonly reason = 'cases/unusable';

  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'CaseError';
  }
}
