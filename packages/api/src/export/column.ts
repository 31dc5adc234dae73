import type { JsonObject, JsonValue } from '@dcs/engine';
import { z } from 'zod';

/* One declaration of a column drives everything that is made of it: header, key, cell, codebook and what verifying expects. */

export const COLUMN_TYPES = [
  'text',
  'integer',
  'number',
  'boolean',
  'time',
  'list',
  'object',
  'answer',
] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

/** What a column says, for people and for programs. */
export interface ColumnFacts {
  /** Lower-case words joined by underscores: the header in CSV, the key in JSONL. */
  readonly name: string;
  readonly type: ColumnType;
  /** One sentence or two; units, too. */
  readonly about: string;
  /** Whether there may be nothing in it: an empty cell in CSV, `null` in JSONL. */
  readonly optional?: boolean;
  /** Whether people, or models, wrote it in their own words, and may have said who somebody is. */
  readonly freeText?: boolean;
  /** Whether it says who somebody is; such a column is there only on request. */
  readonly personal?: boolean;
  /** All that it can say, where that is a closed set. */
  readonly values?: readonly string[];
  /** The column of another table in which every value of this one is found, as `table.column`. */
  readonly refersTo?: string;
}

export interface Column<Row> extends ColumnFacts {
  readonly of: (row: Row) => JsonValue;
}

export interface Table<Row> {
  /** The name of its files, without what they end in. */
  readonly name: string;
  readonly about: string;
  /** The columns by which a row is told from all others. */
  readonly key: readonly string[];
  /** Whether rows that share the first value of the key stand together, so that nobody has to remember all keys at once. */
  readonly isGrouped?: boolean;
  readonly columns: readonly Column<Row>[];
}

/** A table as those see it who only read it. */
export interface TableFacts extends Omit<Table<never>, 'columns'> {
  readonly columns: readonly ColumnFacts[];
}

/** A row as it stands in a file. */
export type WrittenRow = JsonObject;

export function writtenRow<Row>({ columns }: Table<Row>, row: Row): WrittenRow {
  return Object.fromEntries(columns.map(({ name, of }) => [name, of(row)]));
}

const TYPE_SCHEMAS: Readonly<Record<ColumnType, z.ZodType<JsonValue>>> = {
  text: z.string(),
  integer: z.int(),
  number: z.number(),
  boolean: z.boolean(),
  time: z.iso.datetime(),
  list: z.array(z.json()),
  object: z.record(z.string(), z.json()),
  answer: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
};

function cellSchema({ type, optional = false, values }: ColumnFacts): z.ZodType<JsonValue> {
  const schema = values === undefined ? TYPE_SCHEMAS[type] : z.enum(values);
  return optional ? schema.nullable() : schema;
}

/** What a row of the table looks like in JSONL. */
export function rowSchema({ columns }: TableFacts): z.ZodType<WrittenRow> {
  return z.strictObject(Object.fromEntries(columns.map((column) => [column.name, cellSchema(column)])));
}

/** Epoch milliseconds as they are written. */
export const timeText = (at: number): string => new Date(at).toISOString();
export const timeTextOrNull = (at: number | null): string | null => (at === null ? null : timeText(at));
