import { characterSheetSchema } from '@dcs/engine';
import type { CharacterSheet } from '@dcs/engine';
import { z } from 'zod';
import { schemaProblems } from './schemaProblems.ts';
import type { SchemaProblem } from './schemaProblems.ts';

/** Bookkeeping of the database a sheet was dumped from; it says nothing about the character. */
const BOOKKEEPING = ['_id', 'created_at', 'updated_at'];

function camelCase(key: string): string {
  return key.replaceAll(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

type Fields = Record<string, unknown>;

const fieldsSchema = z.record(z.string(), z.unknown());

/** Renames the keys of an object; anything else is left for the sheet's schema to complain about. */
function rename(value: unknown, name: (key: string) => string, inner: (value: unknown) => unknown): unknown {
  const fields = fieldsSchema.safeParse(value);
  if (!fields.success || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(fields.data).map(([key, field]) => [name(key), inner(field)]));
}

const same = (value: unknown): unknown => value;

/** Absent explanations were dumped as null. */
function fillExplanation(assessment: unknown): unknown {
  const fields = fieldsSchema.safeParse(assessment);
  return fields.success && fields.data['explanation'] === null
    ? { ...fields.data, explanation: '' }
    : assessment;
}

function profileFrom(value: unknown): unknown {
  return rename(
    value,
    (section) => camelCase(section.replace(/_assumptions$/, '')),
    (section) => rename(section, camelCase, fillExplanation),
  );
}

function scenariosFrom(value: unknown): unknown {
  return Array.isArray(value) ? value.map((scenario: unknown) => rename(scenario, camelCase, same)) : value;
}

function sheetFrom(fields: Fields): Fields {
  const entries = Object.entries(fields)
    .filter(([key]) => !BOOKKEEPING.includes(key))
    .map(([key, value]): [string, unknown] => {
      if (key === 'hsn_divergence') return ['hsnDivergence', profileFrom(value)];
      if (key === 'dimensions') return ['dimensions', rename(value, camelCase, fillExplanation)];
      if (key === 'scenarios') return ['scenarios', scenariosFrom(value)];
      return [camelCase(key), value];
    });
  return Object.fromEntries(entries);
}

/** A sheet, or why the record is none. */
export type ReferenceResult =
  | { readonly ok: true; readonly sheet: CharacterSheet }
  | {
      readonly ok: false;
      readonly reason: 'character/not-a-sheet';
      readonly problems: readonly SchemaProblem[];
    };

/** Reads a character record of the snake_case dump format. Paths in problems use our own field names. */
export function characterSheetFromReference(record: unknown): ReferenceResult {
  const fields = fieldsSchema.safeParse(record);
  const input = fields.success && !Array.isArray(record) ? sheetFrom(fields.data) : record;
  const result = characterSheetSchema.safeParse(input);
  if (result.success) return { ok: true, sheet: result.data };
  const problems = schemaProblems(characterSheetSchema, input, result.error);
  return { ok: false, reason: 'character/not-a-sheet', problems };
}
