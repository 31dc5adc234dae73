import { z } from 'zod';
import { nearest } from './nearest.ts';
import type { ValuePath } from './problem.ts';

/** What a schema has against a document, before it is given a file and a line. */
export interface SchemaProblem {
  readonly path: ValuePath;
  readonly reason: string;
  readonly message: string;
  readonly fix: string;
}

type Issue = z.core.$ZodIssue;

const described = z.looseObject({
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
});

/** The names of the fields that a JSON Schema knows at `path`. */
function fieldsAt(jsonSchema: unknown, path: ValuePath): readonly string[] {
  const here = described.safeParse(jsonSchema);
  if (!here.success) return [];
  const { properties, items, anyOf, additionalProperties } = here.data;
  if (anyOf !== undefined) return anyOf.flatMap((option) => fieldsAt(option, path));
  const [key, ...rest] = path;
  if (key === undefined) return Object.keys(properties ?? {});
  if (typeof key === 'number') return fieldsAt(items, rest);
  return fieldsAt(properties?.[String(key)] ?? additionalProperties, rest);
}

/** JSON Schema of a zod schema, for the names of its fields only: what has no counterpart is left open. */
function describe(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' });
}

function valueAt(input: unknown, path: ValuePath): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function unknownFields(issue: Issue & { code: 'unrecognized_keys' }, schema: z.ZodType): SchemaProblem[] {
  const known = fieldsAt(describe(schema), issue.path);
  return issue.keys.map((key) => {
    const meant = nearest(key, known);
    return {
      path: [...issue.path, key],
      reason: 'schema/unknown-field',
      message: 'is not a field of this file',
      fix:
        meant === undefined
          ? `Remove it${known.length === 0 ? '' : `; known here: ${known.join(', ')}`}.`
          : `Write ${meant} instead.`,
    };
  });
}

/** What is counted, for each kind of value that has bounds, and the words for missing them. */
const BOUNDS: Readonly<Record<string, { few: string; many: string; unit: string }>> = {
  string: { few: 'has fewer characters than', many: 'has more characters than', unit: ' characters' },
  array: { few: 'has fewer entries than', many: 'has more entries than', unit: ' entries' },
};

const NUMBER_BOUNDS = { few: 'is less than', many: 'is more than', unit: '' };

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'a group of fields',
  record: 'a group of fields',
};

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return KINDS[typeof value] ?? typeof value;
}

function wrongValue(values: readonly z.core.util.Primitive[], found: unknown): Omit<SchemaProblem, 'path'> {
  const options = values.map(String);
  const meant = nearest(String(found), options);
  return {
    reason: 'schema/unknown-value',
    message: `is ${JSON.stringify(found) ?? String(found)}, which is not among the options`,
    fix:
      meant === undefined
        ? `Use one of: ${options.join(', ')}.`
        : `Did you mean "${meant}"? Options: ${options.join(', ')}.`,
  };
}

function missing(issue: Issue): Omit<SchemaProblem, 'path'> {
  const wanted = issue.code === 'invalid_type' ? KINDS[issue.expected] : undefined;
  const options =
    issue.code === 'invalid_value' ? `one of: ${issue.values.map(String).join(', ')}` : undefined;
  const fix = `Add it; it must be ${options ?? wanted ?? 'given'}.`;
  return { reason: 'schema/missing-field', message: 'is missing', fix };
}

function explain(issue: Issue, found: unknown): Omit<SchemaProblem, 'path'> {
  if (found === undefined) return missing(issue);
  switch (issue.code) {
    case 'invalid_type':
      return {
        reason: 'schema/wrong-type',
        message: `is ${kindOf(found)}`,
        fix: `Make it ${KINDS[issue.expected] ?? issue.expected}.`,
      };
    case 'invalid_value':
      return wrongValue(issue.values, found);
    case 'too_small': {
      const { few, unit } = BOUNDS[issue.origin] ?? NUMBER_BOUNDS;
      const bound = String(issue.minimum);
      return {
        reason: 'schema/too-small',
        message: `${few} ${bound}`,
        fix: `Give at least ${bound}${unit}.`,
      };
    }
    case 'too_big': {
      const { many, unit } = BOUNDS[issue.origin] ?? NUMBER_BOUNDS;
      const bound = String(issue.maximum);
      return {
        reason: 'schema/too-big',
        message: `${many} ${bound}`,
        fix: `Keep to at most ${bound}${unit}.`,
      };
    }
    default:
      return {
        reason: 'schema/invalid',
        message: `is not valid: it ${issue.message}`,
        fix: 'Change it accordingly.',
      };
  }
}

/** Every complaint of a schema about `input`, each with what to do. Empty when there is none. */
export function schemaProblems(
  schema: z.ZodType,
  input: unknown,
  error: z.ZodError,
): readonly SchemaProblem[] {
  return error.issues.flatMap((issue): SchemaProblem[] => {
    if (issue.code === 'unrecognized_keys') return unknownFields(issue, schema);
    return [{ path: issue.path, ...explain(issue, valueAt(input, issue.path)) }];
  });
}
