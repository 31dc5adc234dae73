/** What a run of the command line says to the shell. */
export const EXIT = {
  /** Done. */
  ok: 0,
  /** It failed, or problems were found. */
  failed: 1,
  /** The command was used wrongly; nothing was done. */
  usage: 2,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A failure a person can mend: its message is all that is shown, so it says what to do next. */
export class CliFailure extends Error {
  readonly exitCode: ExitCode;

  constructor(
    message: string,
    { exitCode = EXIT.failed, cause }: { exitCode?: ExitCode; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.name = 'CliFailure';
    this.exitCode = exitCode;
  }
}
