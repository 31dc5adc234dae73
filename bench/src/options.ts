import { parseArgs } from 'node:util';

/** A number, or numbers with commas between, that a benchmark can be told. */
export interface Flag {
  readonly about: string;
  readonly fallback: string;
}

/** Somebody typed something that is not understood; the message says what would be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface Options {
  readonly json: boolean;
  /** Where to write CPU profiles of the server, if anywhere. */
  readonly profileDir: string | null;
  /** The whole number of a flag. */
  number(name: string): number;
  /** The whole numbers of a flag. */
  list(name: string): readonly number[];
}

const WHOLE = /^\d{1,9}$/;

function parseNumbers(text: string, name: string): readonly number[] {
  const parts = text.split(',');
  if (!parts.every((part) => WHOLE.test(part)))
    throw new UsageError(`--${name} takes whole numbers, with commas between if there are several: ${text}`);
  return parts.map(Number);
}

/** Reads the flags that a benchmark has, beside --json and --cpu-prof. Throws UsageError. */
export function parseOptions(
  args: readonly string[],
  flags: Readonly<Record<string, Flag>>,
): Options & { readonly rest: readonly string[] } {
  const named = Object.fromEntries(Object.keys(flags).map((name) => [name, { type: 'string' as const }]));
  const options = { ...named, json: { type: 'boolean' }, 'cpu-prof': { type: 'string' } } as const;
  const { values, positionals } = readArguments(args, options);
  const numbers = new Map(
    Object.entries(flags).map(([name, { fallback }]) => {
      const given = values[name];
      return [name, parseNumbers(typeof given === 'string' ? given : fallback, name)];
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
      const [only, ...others] = list(name);
      if (only === undefined || others.length > 0) throw new UsageError(`--${name} takes one number.`);
      return only;
    },
    rest: positionals,
  };
}

function readArguments(
  args: readonly string[],
  options: NonNullable<Parameters<typeof parseArgs>[0]>['options'],
) {
  try {
    return parseArgs({ args: [...args], options: options ?? {}, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
