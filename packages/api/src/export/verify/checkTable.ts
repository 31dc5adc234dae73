import type { JsonValue } from '@dcs/engine';
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { TableFacts, WrittenRow } from '../column.ts';
import { csvHeader, csvRow } from '../csv.ts';
import type { Manifest } from '../manifest.ts';
import { csvFile, jsonlFile } from '../tableWriter.ts';
import type { Findings } from './findings.ts';
import { readRows } from './readRows.ts';

/** An export that is being verified. */
export interface OpenExport {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly findings: Findings;
}

/** All values of the columns that others refer to, as `table.column`. */
export type KnownValues = Map<string, Set<unknown>>;

function checkReferences(
  { name, columns }: TableFacts,
  row: WrittenRow,
  { known, findings }: { readonly known: KnownValues; readonly findings: Findings },
): void {
  for (const { name: column, refersTo } of columns) {
    const value = row[column] ?? null;
    if (refersTo === undefined || value === null || known.get(refersTo)?.has(value) === true) continue;
    findings.add(
      'table/dangling',
      `${name}.${column} has ${JSON.stringify(value)}, which is not in ${refersTo}.`,
    );
  }
}

/** The keys of a table; where rows that belong together stand together, only those of the present ones. */
function createKeys({ isGrouped }: { readonly isGrouped: boolean }) {
  const keys = new Set<string>();
  let group: JsonValue = null;
  return {
    /** Whether it is a new one. */
    add: ([first = null, ...rest]: readonly JsonValue[]): boolean => {
      if (isGrouped && first !== group) keys.clear();
      group = first;
      const key = JSON.stringify([first, ...rest]);
      const isNew = !keys.has(key);
      keys.add(key);
      return isNew;
    },
  };
}

/**
 * Goes through a table row by row: each has to be of its form, told from all others by its key, and to refer to what is
 * there; the CSV has to say the same, and the manifest has to know how many there are.
 */
export async function* checkedRows(
  { folder, manifest, findings }: OpenExport,
  table: TableFacts,
  known: KnownValues,
): AsyncGenerator<WrittenRow> {
  const { name, key, isGrouped = false } = table;
  const keys = createKeys({ isGrouped });
  const csv = createHash('sha256').update(csvHeader(table));
  let rows = 0;
  for await (const row of readRows(path.join(folder, jsonlFile(name)), table, findings)) {
    rows += 1;
    csv.update(csvRow(table, row));
    const own = key.map((column) => row[column] ?? null);
    if (!keys.add(own)) findings.add('table/twice', `${name} has ${JSON.stringify(own)} twice.`);
    checkReferences(table, row, { known, findings });
    yield row;
  }
  const expected = manifest.tables.find((one) => one.name === name)?.rows;
  if (rows !== expected) {
    findings.add('table/count', `${name} has ${rows} rows; ${expected ?? 'none'} were written.`);
  }
  const written = manifest.files.find((one) => one.name === csvFile(name))?.sha256;
  if (csv.digest('hex') !== written) {
    findings.add('table/csv-differs', `${csvFile(name)} does not say the same as ${jsonlFile(name)}.`);
  }
}
