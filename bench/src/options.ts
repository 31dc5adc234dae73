import { parseArgs } from 'node:util';

/** A whole number that a benchmark can be told. */
export interface Flag {
  readonly about: string;
  readonly fallback: string;
  /** Takes numbers with commas between, and not only one. */
  readonly several?: boolean;
  /** The least that makes sense; 1 unless told. */
  readonly least?: number;
}

/** Somebody typed something that is not understood; the message says what would be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface Options {
  readonly json: boolean;
  /** Where to write CPU profiles of the server, if anywhere. */
  readonly profileDir: string | null;
  /** The number of a flag that takes one. */
  number(name: string): number;
  /** The numbers of a flag that takes several. */
  list(name: string): readonly number[];
}

const WHOLE = /^\d{1,9}$/;

function parseNumbers(text: string, name: string, { several = false, least = 1 }: Flag): readonly number[] {
  const parts = several ? text.split(',') : [text];
  const isUnderstood = parts.every((part) => WHOLE.test(part) && Number(part) >= least);
  if (isUnderstood) return parts.map(Number);
  const wanted = several ? 'whole numbers with commas between' : 'one whole number';
  throw new UsageError(`--${name} takes ${wanted}, from ${least} up, and not "${text}".`);
}

/** Reads the flags that a benchmark has, beside --json and --cpu-prof. Throws UsageError. */
export function parseOptions(args: readonly string[], flags: Readonly<Record<string, Flag>>): Options {
  const values = readArguments(args, Object.keys(flags));
  const numbers = new Map(
    Object.entries(flags).map(([name, flag]) => {
      const given = values[name];
      return [name, parseNumbers(typeof given === 'string' ? given : flag.fallback, name, flag)];
    }),
  );
  const list = (name: string): readonly number[] => {
    const found = numbers.get(name);
    if (found === undefined) throw new Error(`This benchmark has no flag --${name}.`);
    return found;
  };
  const profileDir = values['cpu-prof'];
  return {
    json: values['json'] === true,
    profileDir: typeof profileDir === 'string' ? profileDir : null,
    list,
    number: (name) => {
      const [only] = list(name);
      if (only === undefined) throw new Error(`--${name} has no number.`);
      return only;
    },
  };
}

function readArguments(args: readonly string[], names: readonly string[]): Readonly<Record<string, unknown>> {
  const named = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const options = { ...named, json: { type: 'boolean' }, 'cpu-prof': { type: 'string' } } as const;
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    // What follows the first sentence is about arguments that begin with a dash, of which there are none here.
    const [what] = error instanceof Error ? error.message.split('. ', 1) : [String(error)];
    throw new UsageError(`${what}.`);
  }
}
