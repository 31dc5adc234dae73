/** Why there is no export, in words that say what to do. */
export class ExportFailure extends Error {
  readonly reason: 'export/not-found' | 'export/folder-not-empty' | 'export/unreadable';

  constructor(reason: ExportFailure['reason'], message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ExportFailure';
    this.reason = reason;
  }
}

export const noSuchExperiment = (experiment: string): ExportFailure =>
  new ExportFailure('export/not-found', `There is no experiment ${experiment} that was started here.`);
