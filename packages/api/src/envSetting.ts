import { z } from 'zod';

/* The kinds of settings. */

export interface Setting<T> {
  readonly schema: z.ZodType<T, string | undefined>;
  /** What an empty setting means, for people. */
  readonly fallback: string;
  readonly about: string;
}

const whole = (min: number, max: number, fallback: number): z.ZodType<number, string | undefined> =>
  z
    .string()
    .regex(/^\d{1,12}$/, 'must be a whole number')
    .default(String(fallback))
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));

export const number = (
  [min, max]: readonly [number, number],
  fallback: number,
  about: string,
): Setting<number> => ({
  schema: whole(min, max, fallback),
  fallback: String(fallback),
  about,
});

export const secret = (about: string): Setting<string | null> => ({
  schema: z
    .string()
    .max(4096)
    .optional()
    .transform((text) => text ?? null),
  fallback: 'none',
  about,
});

export function choice<const C extends string>(
  options: readonly [C, ...C[]],
  fallback: C,
  about: string,
): Setting<C> {
  const words = `must be one of ${options.join(', ')}`;
  return {
    schema: z.string().default(fallback).pipe(z.enum(options, words)),
    fallback,
    about: `${about} One of ${options.join(', ')}.`,
  };
}

/** US dollars, to a ten thousandth. */
export const dollars = (most: number, about: string): Setting<number> => ({
  schema: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,4})?$/, 'must be an amount such as 2.50')
    .default('0')
    .transform(Number)
    .pipe(z.number().max(most, `must be at most ${most}`)),
  fallback: '0',
  about,
});

/** The schemas of a table of settings, by name. */
export function schemasOf<Settings extends Readonly<Record<string, Setting<unknown>>>>(
  settings: Settings,
): { readonly [Name in keyof Settings]: Settings[Name]['schema'] } {
  const entries = Object.entries(settings).map(([name, { schema }]) => [name, schema]);
  return Object.fromEntries(entries);
}
