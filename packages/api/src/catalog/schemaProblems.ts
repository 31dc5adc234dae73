import { z } from 'zod';
import { issueWords } from './issueWords.ts';
import type { IssueWords } from './issueWords.ts';
import { nearest } from './nearest.ts';
import type { ValuePath } from './problem.ts';

/** What a schema has against a document, before it is given a file and a line. */
export interface SchemaProblem extends IssueWords {
  readonly path: ValuePath;
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

const descriptions = new WeakMap<z.ZodType, object>();

/** JSON Schema of a zod schema, for the names of its fields only: what has no counterpart is left open. */
function describe(schema: z.ZodType): unknown {
  const known = descriptions.get(schema);
  if (known !== undefined) return known;
  const made = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' });
  descriptions.set(schema, made);
  return made;
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
      message: 'is not a known field',
      fix:
        meant === undefined
          ? `Remove it.${known.length === 0 ? '' : ` Known here: ${known.join(', ')}.`}`
          : `Write ${meant} instead.`,
    };
  });
}

/** Where a schema refuses `input`; for an unknown field, also the place of the known one that it may stand for. */
export function refusedPaths(schema: z.ZodType, error: z.ZodError): readonly ValuePath[] {
  return error.issues.flatMap((issue): readonly ValuePath[] => {
    if (issue.code !== 'unrecognized_keys') return [issue.path];
    const known = fieldsAt(describe(schema), issue.path);
    return issue.keys.flatMap((key) => {
      const meant = nearest(key, known);
      return [key, ...(meant === undefined ? [] : [meant])].map((field) => [...issue.path, field]);
    });
  });
}

/** Every complaint of a schema about `input`, each with what to do. Empty when there is none. */
export function schemaProblems(
  schema: z.ZodType,
  input: unknown,
  error: z.ZodError,
): readonly SchemaProblem[] {
  return error.issues.flatMap((issue): SchemaProblem[] => {
    if (issue.code === 'unrecognized_keys') return unknownFields(issue, schema);
    return [{ path: issue.path, ...issueWords(issue, valueAt(input, issue.path)) }];
  });
}
