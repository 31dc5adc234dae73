/** Options of `dcs server`; they come before the environment. */
export interface ServerFlags {
  readonly port?: number;
  readonly host?: string;
  readonly inMemory?: boolean;
  readonly headless?: boolean;
  /** Relative to where the command was called. */
  readonly dataDir?: string;
}

/** A server that listens. */
export interface RunningServer {
  readonly url: string;
  /** For people: which database keeps the data; `null` when nothing is kept. */
  readonly where: string | null;
  /** Resolves when the server cannot go on, for example because its database ended. */
  readonly failed: Promise<Error>;
  /** Lets turns that are under way finish, then closes everything. Safe to call again. */
  readonly stop: () => Promise<void>;
}

export const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type StopSignal = (typeof STOP_SIGNALS)[number];

/** What `dcs server` asks of the world. */
export interface ServingPorts {
  /** Rejects with a failure that says what to do: a taken port, a database in use, an invalid environment. */
  readonly startServer: (flags: ServerFlags) => Promise<RunningServer>;
  /** Calls the listener for every signal to stop. Returns the way to stop listening. */
  readonly onSignal: (listener: (signal: StopSignal) => void) => () => void;
  /** Ends the process at once, whatever is under way. */
  readonly abandon: (exitCode: number) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
