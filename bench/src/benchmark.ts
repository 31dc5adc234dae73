import type { Flag, Options } from './options.ts';
import type { Figure } from './report/figure.ts';

/** What a benchmark gets to work with. */
export interface BenchmarkContext {
  readonly options: Options;
  /** Tells whoever waits how far it is; never on standard output. */
  readonly progress: (line: string) => void;
}

/** One question about the system, and how it is answered. */
export interface Benchmark {
  readonly name: string;
  /** What is measured, in one line. */
  readonly about: string;
  readonly flags: Readonly<Record<string, Flag>>;
  /** Whether it can record CPU profiles of the server while it measures. */
  readonly profiles: boolean;
  run(context: BenchmarkContext): Promise<readonly Figure[]>;
}
