/** What a soak is given. */
export interface SoakRun {
  /** How much of everything, by the names of `Soak.amounts`. */
  readonly amounts: Readonly<Record<string, number>>;
  /** From 0 to 2^31 - 1; the same one makes the same choices. */
  readonly seed: number;
  /** Tells how far it has come. */
  readonly report: (line: string) => void;
}

/** A long run of something that the tests do briefly. */
export interface Soak {
  readonly about: string;
  /** What may be asked for more or less of, with how much is meant by a full run. */
  readonly amounts: Readonly<Record<string, number>>;
  /** Resolves with what was done and found; rejects at the first thing that does not hold. */
  run(run: SoakRun): Promise<string>;
}
